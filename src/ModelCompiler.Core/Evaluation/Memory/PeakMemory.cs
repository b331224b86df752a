namespace ModelCompiler.Evaluation.Memory;

/// <summary>What loading and running a model takes of physical memory, at its peak, in bytes.</summary>
/// <param name="Original">Of the original; null where it could not be told.</param>
/// <param name="Compiled">Of the compiled model.</param>
public sealed record PeakMemory(long? Original, long Compiled);
