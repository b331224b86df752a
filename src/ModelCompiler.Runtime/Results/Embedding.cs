using System.Globalization;
using System.Numerics.Tensors;

namespace ModelCompiler;

/// <summary>What a model sees in a sample, as a point on the unit sphere: similar samples lie close together.</summary>
public sealed class Embedding
{
    private readonly float[] _values;

    /// <summary>Brings values to unit length, so that the similarity of two embeddings is the cosine of the angle between them.</summary>
    /// <param name="values">The model's output for one sample.</param>
    /// <exception cref="ArgumentException">There are none, all are 0, or one is not finite: no direction follows from them.</exception>
    public Embedding(ReadOnlySpan<float> values)
    {
        var length = Norm(values);
        if (!(length > 0) || !float.IsFinite(length))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"No direction follows from these {values.Length} values: they are all 0, or not all finite."), nameof(values));
        _values = new float[values.Length];
        TensorPrimitives.Divide(values, length, _values);
    }

    /// <summary>The values, of unit length together.</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>The same, as a span.</summary>
    public ReadOnlySpan<float> Span => _values;

    /// <summary>How many values.</summary>
    public int Length => _values.Length;

    /// <summary>The embeddings of a batch, one for each sample.</summary>
    /// <param name="values">The model's output, sample after sample.</param>
    /// <param name="count">How many samples.</param>
    /// <exception cref="ArgumentException">The values are not that many samples, or one has no direction.</exception>
    public static IReadOnlyList<Embedding> Batch(ReadOnlySpan<float> values, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (values.Length % count != 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{values.Length} values are not {count} samples of the same length."), nameof(values));
        var length = values.Length / count;
        var embeddings = new Embedding[count];
        for (var i = 0; i < count; i++)
            embeddings[i] = new(values.Slice(i * length, length));
        return embeddings;
    }

    /// <summary>The cosine of the angle between two embeddings: 1 for the same direction, 0 for nothing in common, −1 for opposite ones.</summary>
    /// <exception cref="ArgumentException">The other one has another length: it comes from another model.</exception>
    public float Similarity(Embedding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Length != Length)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"An embedding of {Length} values cannot be compared with one of {other.Length}."), nameof(other));
        return Math.Clamp(TensorPrimitives.Dot<float>(_values, other._values), -1, 1);
    }

    /// <summary>For example <c>Embedding of 512 values</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Embedding of {Length} values");

    /// <summary>Of values that may be so large or small that their squares leave the range of float.</summary>
    private static float Norm(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += (double)value * value;
        return (float)Math.Sqrt(sum);
    }
}
