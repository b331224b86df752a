using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tool.Output;

/// <summary>The JSON of a command that could not do its work.</summary>
internal sealed record FailureReport(IReadOnlyList<DiagnosticFacts> Diagnostics);
