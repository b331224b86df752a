using ModelCompiler.Calibration;

namespace ModelCompiler.Compilation;

/// <summary>What a compile is made with and measured on.</summary>
/// <param name="Model">What is known of the model.</param>
/// <param name="SetsRanges">Whether calibration does anything for this compile.</param>
/// <param name="Calibration">What it runs on; null where that is made up, or nothing.</param>
/// <param name="Evaluation">What the project gives to measure on; null where it gives nothing.</param>
internal sealed record UsedData(DataModel Model, bool SetsRanges, ProjectData? Calibration, ProjectData? Evaluation)
{
    /// <summary>What shows nothing that the model knows; null where the project gives none.</summary>
    public ProjectData? OutOfDistribution { get; init; }

    /// <summary>What is measured on: evaluation data, else calibration data; null where that is made up.</summary>
    public ProjectData? Measured => Evaluation ?? Calibration;
}
