namespace ModelCompiler.Profiles;

/// <summary>
/// Which matrix products a device runs faster with weights in blocks of 8 bits (com.microsoft.MatMulNBits), each block with a scale of its own: those of
/// large matrices with few rows, whose time is that of reading the weights.
/// </summary>
public sealed record BlockwiseProducts
{
    /// <summary>Weights that share a scale: a power of two from 16 on.</summary>
    public required int BlockSize { get; init; }

    /// <summary>From this many weights of a layer on it pays.</summary>
    public required long MinWeights { get; init; }

    /// <summary>Up to this many rows of a layer's input (batch × positions) it pays.</summary>
    public required long MaxRows { get; init; }
}
