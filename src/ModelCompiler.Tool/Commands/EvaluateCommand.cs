using System.CommandLine;
using ModelCompiler.Calibration;
using ModelCompiler.Compilation;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Execution;
using ModelCompiler.Tool.Output;
using ModelCompiler.Tool.Progress;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc evaluate</c>: how right a model is on data, and how close to a reference.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var model = Symbols.Model();
        var reference = new Option<string?>("--reference") { Description = "A model to compare with, such as the original.", HelpName = "model" };
        var data = Symbols.Data("--data", "What to evaluate on");
        data.Required = true;
        var fit = new Option<bool>("--fit-temperature") { Description = "Find the temperature that makes a classifier as sure as it is right, and write it into the sidecar: the reference's, else the model's." };
        var json = Symbols.Json();
        var command = new Command("evaluate", "Measures a model on data, and beside a reference.") { model, reference, data, fit, json };
        command.SetAction(parsed => CommandRunner.Run(
            parsed.GetValue(json),
            output => Run(new EvaluateWishes(parsed.GetRequiredValue(model), parsed.GetValue(reference), Path.GetFullPath(parsed.GetRequiredValue(data)!), parsed.GetValue(fit)), output)));
        return command;
    }

    private static void Run(EvaluateWishes wishes, CommandOutput output)
    {
        var description = DescribedModel.Read(wishes.Model, output.Report, wishes.Reference);
        var samples = DataSet.Open(wishes.Data, description);
        using var model = OrtModel.Load(wishes.Model);
        var (report, metric) = ProgressDisplay.Run(output, progress => wishes.Reference is null
            ? Alone(wishes.Model, model, description, samples, output, progress)
            : Compare(wishes.Reference, model, description, samples, output, progress));
        if (wishes.FitTemperature)
            report = report with { FittedTemperature = SidecarFit.Write(wishes.Reference ?? wishes.Model, wishes.Data, metric) };
        output.Result(() => ReportJson.Write(report), () => Print(report));
    }

    /// <summary>Without reference and without boxes there is nothing that a detector could be judged by.</summary>
    private static (EvaluateReport Report, IOutputMetric Metric) Alone(string path, OrtModel model, DataModel description, DataSet samples, CommandOutput output, ICompileProgress progress)
    {
        var detections = samples.HasBoxes ? DetectorFinder.Find(path, description, model, samples, output.Report) : null;
        var metric = OutputMetrics.For(description, detections, samples);
        return (EvaluateReport.Alone(SideBySide.Run(model, samples.Samples(), metric, Steps(samples, progress))), metric);
    }

    private static (EvaluateReport Report, IOutputMetric Metric) Compare(
        string reference, OrtModel model, DataModel description, DataSet samples, CommandOutput output, ICompileProgress progress)
    {
        using var original = OrtModel.Load(reference);
        var metric = OutputMetrics.For(description, DetectorFinder.Find(reference, description, original, samples, output.Report), samples);
        return (EvaluateReport.Of(SideBySide.Run(original, model, samples.Samples(), metric, Steps(samples, progress))), metric);
    }

    /// <param name="Model">What is measured.</param>
    /// <param name="Reference">What it is compared with; null for nothing.</param>
    /// <param name="Data">What it is measured on.</param>
    /// <param name="FitTemperature">Whether the sidecar gets a temperature.</param>
    private sealed record EvaluateWishes(string Model, string? Reference, string Data, bool FitTemperature);

    private static SampleProgress Steps(DataSet samples, ICompileProgress progress) =>
        new(Figures.Text($"evaluating {samples.Count} samples"), samples.Count, progress);

    private static void Print(EvaluateReport report) => Tables.PrintPairs(
    [
        ("samples", Figures.Text($"{report.Samples}")),
        .. MeasuredText.Accuracy(report.Accuracy),
        .. MeasuredText.Measures(report.Measures, report.Accuracy),
        .. MeasuredText.Calibration(report.Calibration),
        .. MeasuredText.Fitted(report.FittedTemperature),
        .. MeasuredText.Fidelity(report.Fidelity),
    ]);
}
