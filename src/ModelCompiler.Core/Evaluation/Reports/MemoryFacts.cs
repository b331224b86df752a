namespace ModelCompiler.Evaluation.Reports;

/// <summary>What a model takes of memory.</summary>
/// <param name="PeakBytes">Physical memory that loading and running the compiled model added to a process of its own, at its peak.</param>
public sealed record MemoryFacts(long PeakBytes)
{
    /// <summary>The same of the original; null where it was not measured.</summary>
    public long? OriginalPeakBytes { get; init; }

    /// <summary>The largest sum of the compiled model's activations that are alive at once, from its graph: what the arena needs at least. Null where sizes are not known.</summary>
    public long? ActivationBytes { get; init; }
}
