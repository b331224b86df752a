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
        var json = Symbols.Json();
        var command = new Command("evaluate", "Measures a model on data, and beside a reference.") { model, reference, data, json };
        command.SetAction(parsed => CommandRunner.Run(
            parsed.GetValue(json),
            output => Run(parsed.GetRequiredValue(model), parsed.GetValue(reference), parsed.GetRequiredValue(data)!, output)));
        return command;
    }

    private static void Run(string path, string? reference, string data, CommandOutput output)
    {
        var description = DescribedModel.Read(path, output.Report, reference);
        var samples = DataSet.Open(Path.GetFullPath(data), description);
        using var model = OrtModel.Load(path);
        var report = ProgressDisplay.Run(output, progress => reference is null
            ? Alone(path, model, description, samples, output, progress)
            : Compare(reference, model, description, samples, output, progress));
        output.Result(() => ReportJson.Write(report), () => Print(report));
    }

    /// <summary>Without reference and without boxes there is nothing that a detector could be judged by.</summary>
    private static EvaluateReport Alone(string path, OrtModel model, DataModel description, DataSet samples, CommandOutput output, ICompileProgress progress)
    {
        var detections = samples.HasBoxes ? DetectorFinder.Find(path, description, model, samples, output.Report) : null;
        return EvaluateReport.Alone(SideBySide.Run(model, samples.Samples(), OutputMetrics.For(description, detections, samples), Steps(samples, progress)));
    }

    private static EvaluateReport Compare(
        string reference, OrtModel model, DataModel description, DataSet samples, CommandOutput output, ICompileProgress progress)
    {
        using var original = OrtModel.Load(reference);
        var metric = OutputMetrics.For(description, DetectorFinder.Find(reference, description, original, samples, output.Report), samples);
        return EvaluateReport.Of(SideBySide.Run(original, model, samples.Samples(), metric, Steps(samples, progress)));
    }

    private static SampleProgress Steps(DataSet samples, ICompileProgress progress) =>
        new(Figures.Text($"evaluating {samples.Count} samples"), samples.Count, progress);

    private static void Print(EvaluateReport report) => Tables.PrintPairs(
    [
        ("samples", Figures.Text($"{report.Samples}")),
        .. MeasuredText.Accuracy(report.Accuracy),
        .. MeasuredText.Measures(report.Measures, report.Accuracy),
        .. MeasuredText.Fidelity(report.Fidelity),
    ]);
}
