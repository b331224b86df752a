namespace ModelCompiler.Evaluation.Reports;

/// <summary>The energy of one run, estimated and not measured.</summary>
/// <param name="OriginalMj">Of the original, in millijoules.</param>
/// <param name="CompiledMj">Of the compiled model, in millijoules.</param>
/// <param name="Formula">How it follows from multiply-accumulates and bytes, with the profile's figures.</param>
public sealed record EnergyFacts(double OriginalMj, double CompiledMj, string Formula);
