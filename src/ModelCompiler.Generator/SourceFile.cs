using ModelCompiler.Contract;

namespace ModelCompiler.Generator;

/// <summary>What a manifest became: a source file, a diagnostic in its place, or both.</summary>
internal sealed record SourceFile(string? HintName, string? Text, ModelDiagnostic? Diagnostic);
