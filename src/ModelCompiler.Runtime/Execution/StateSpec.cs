namespace ModelCompiler;

/// <summary>An input that an output renews: the memory of a recurrent model.</summary>
/// <param name="input">The input's number in the model's definition.</param>
/// <param name="output">The number of the output that is its next value.</param>
/// <param name="shape">The length of each axis before the first run, when all values are 0. A length of 0 is a memory that grows.</param>
public sealed class StateSpec(int input, int output, params long[] shape)
{
    /// <summary>The input's number in the model's definition.</summary>
    public int Input { get; } = input;

    /// <summary>The number of the output that is its next value.</summary>
    public int Output { get; } = output;

    /// <summary>The length of each axis before the first run.</summary>
    public IReadOnlyList<long> Shape { get; } = shape;
}
