namespace DigitReader.Training.Network;

/// <summary>A learned tensor: its values, which all replicas of a network share, and the gradient this replica found.</summary>
internal sealed class Parameter
{
    public Parameter(string name, int[] shape, float[] value)
    {
        (Name, Shape, Value) = (name, shape, value);
        Gradient = new float[value.Length];
    }

    public string Name { get; }

    public int[] Shape { get; }

    public float[] Value { get; }

    public float[] Gradient { get; }

    /// <summary>The same values with a gradient of their own.</summary>
    public Parameter Share() => new(Name, Shape, Value);
}
