using ModelCompiler.Contract;

namespace ModelCompiler.Generator;

/// <summary>What a manifest became: a source file, or a diagnostic in its place.</summary>
internal sealed record SourceFile(string? HintName, string? Text, ModelDiagnostic? Error);
