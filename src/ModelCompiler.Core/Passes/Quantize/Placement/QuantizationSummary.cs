namespace ModelCompiler.Passes;

/// <summary>What became integer, of what could.</summary>
/// <param name="Eligible">Nodes whose operator has an integer kernel.</param>
/// <param name="Integer">Those of them that are integer now.</param>
/// <param name="Kept">The others, each with its reason.</param>
public sealed record QuantizationSummary(int Eligible, int Integer, IReadOnlyList<KeptNode> Kept)
{
    /// <summary>What calibration saw, for writing other forms of the same model; null where nothing had to be observed.</summary>
    public ActivationStatistics? Activations { get; init; }
}

/// <summary>A node that stays in float.</summary>
public sealed record KeptNode(string Node, string Reason);
