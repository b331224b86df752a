namespace ModelCompiler.Calibration.Checks;

/// <summary>The data that a compile was made with and measured on.</summary>
/// <param name="Model">The model, named in diagnostics.</param>
/// <param name="Calibration">What the project gives for calibration, as far as it was used for anything; else null.</param>
/// <param name="Evaluation">What the project gives to measure on, as far as anything was measured; else null.</param>
/// <param name="Classes">What is known of the model's classes.</param>
internal sealed record DataInUse(string Model, SeenData? Calibration, SeenData? Evaluation, DataModel Classes)
{
    /// <summary>Those that there are.</summary>
    public IEnumerable<SeenData> All => new[] { Calibration, Evaluation }.OfType<SeenData>();
}
