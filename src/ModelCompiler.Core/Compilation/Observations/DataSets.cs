using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Observations;

/// <summary>The data that the form was made with and measured on, and where it comes from.</summary>
internal sealed class DataSets : IObservation
{
    public CompileReport Observe(ShippedForm form, CompileReport report) => report with { Data = [.. Of(form.Original)] };

    private static IEnumerable<DataFacts> Of(OriginalModel original)
    {
        var data = original.Data;
        var evaluation = data.Measured is { } measured ? Facts("evaluation", measured) : MadeUp("evaluation", original.Samples);
        if (data.SetsRanges && data.Calibration is null)
            yield return MadeUp("calibration", original.CalibrationSet);
        else if (data.SetsRanges)
            yield return data.Calibration == data.Measured ? evaluation with { Role = "calibration" } : Facts("calibration", data.Calibration!);
        yield return evaluation;
        if (data.OutOfDistribution is { } strange)
            yield return Facts("outOfDistribution", strange);
    }

    private static DataFacts Facts(string role, ProjectData data) => new(role, NameOf(data.Set.Path), data.Set.Count)
    {
        Sha256 = DataSetDigest.Of(data.Set),
        Labelled = data.Set.IsLabelled,
        Classes = data.Set.Classes?.Distinct().Count(),
        License = data.Description.License,
        Source = data.Description.Source,
        Description = data.Description.Description,
    };

    private static DataFacts MadeUp(string role, DataSet data) => new(role, data.Path, data.Count) { Synthetic = true };

    /// <summary>Of the folder or file: where that lies is nobody's business but the machine's.</summary>
    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}
