using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation;

/// <summary>What came of a job. With an error among the diagnostics, nothing was left in the output folder.</summary>
/// <param name="AssetPath">The compiled model, or null where compiling failed.</param>
/// <param name="Report">What was measured until then; null where the model could not even be read.</param>
/// <param name="Diagnostics">Everything that was said, in order.</param>
public sealed record CompileResult(string? AssetPath, CompileReport? Report, IReadOnlyList<ModelDiagnostic> Diagnostics);
