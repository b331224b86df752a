namespace ModelCompiler.Compilation;

/// <summary>The form that is about to be shipped, what it was made of, and who judged it.</summary>
internal sealed record Shipment(StartingModel Start, Trial Trial, Acceptance Acceptance);
