namespace ModelCompiler.Evaluation.Confidence;

/// <summary>What dividing logits by a number changes in how sure a classifier is; its answers stay what they are.</summary>
public sealed record TemperatureFit
{
    /// <summary>The number; null where it could not be told.</summary>
    public double? Temperature { get; init; }

    /// <summary>Why it could not be told; null where it could.</summary>
    public string? Reason { get; init; }

    /// <summary>Samples that it was fitted on.</summary>
    public int FittedOn { get; init; }

    /// <summary>As it is, on samples that the temperature was not fitted on.</summary>
    public ReliabilityCurve? Before { get; init; }

    /// <summary>With the temperature, on the same samples.</summary>
    public ReliabilityCurve? After { get; init; }

    internal static TemperatureFit NotTold(string reason) => new() { Reason = reason };
}
