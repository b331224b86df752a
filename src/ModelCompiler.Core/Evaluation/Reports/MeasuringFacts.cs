namespace ModelCompiler.Evaluation.Reports;

/// <summary>When and where the figures of a report were measured. A compile that comes from a cache keeps those of the one that measured.</summary>
/// <param name="Date">In UTC, as ISO 8601 to the second.</param>
/// <param name="Processor">Its name and the number of logical processors; no machine's or person's name.</param>
/// <param name="System">The operating system.</param>
public sealed record MeasuringFacts(string Date, string Processor, string System);
