using System.CommandLine;
using ModelCompiler.Compilation;
using ModelCompiler.Compilation.Locks;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Tool.Output;
using ModelCompiler.Tool.Progress;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc compile</c>: one model for one profile.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var model = Symbols.Model();
        var profile = new Option<string>("--profile") { Description = Symbols.ProfileDescription, HelpName = "name|file", Required = true };
        var folder = new Option<string>("--output", "-o") { Description = "Where the compiled model and its report go.", HelpName = "dir", Required = true };
        var withoutLock = new Option<bool>("--without-lock") { Description = "Do not judge by the lock beside the model, to try something." };
        var json = Symbols.Json();
        var wishes = new CompileWishes();
        var command = new Command("compile", "Compiles a model for a profile and measures it against the original.") { model, profile, folder, withoutLock, json };
        wishes.AddTo(command);
        command.SetAction(parsed => CommandRunner.Run(parsed.GetValue(json), output => Run(
            CommandLineJob.Of(parsed.GetRequiredValue(model), parsed.GetRequiredValue(profile), parsed.GetRequiredValue(folder), wishes.Read(parsed)),
            parsed.GetValue(withoutLock) ? ModelCompilation.Compile : LockedCompilation.Judge,
            output)));
        return command;
    }

    private static void Run(CompileJob job, Func<CompileJob, ICompileProgress, CompileResult> compile, CommandOutput output)
    {
        var result = ProgressDisplay.Run(output, progress => compile(job, progress));
        output.Report(result.Diagnostics);
        if (result.Report is { } report)
            output.Result(() => ReportJson.Write(report), () => Print(report));
        else
            output.Result(() => FailureJson.Write(result.Diagnostics), () => { });
    }

    private static void Print(CompileReport report)
    {
        Tables.PrintPairs(
        [
            ("profile", report.Profile),
            ("precision", report.Precision),
            .. Written(report),
            .. MeasuredText.Accuracy(report.Accuracy),
            .. MeasuredText.Measures(report.Measures, report.Accuracy),
            .. MeasuredText.Calibration(report.Calibration),
            .. MeasuredText.Fidelity(report.Fidelity),
            .. MeasuredText.Latency(report.Latency),
            .. MeasuredText.Costs(report),
        ]);
        if (report.Pruning is { Curve: { Count: > 1 } curve })
            Tables.Print(["pruned by", "removed", "form", "size", "quality", "speed", ""], curve.Select(Cells));
        if (report.Trainings is { Count: > 0 } trainings)
            Tables.Print(["trained", "by", "samples", "epochs", "on held-out samples"], trainings.Select(Cells));
        if (report.Quantized is { Kept: { Count: > 0 } kept })
            Tables.Print(["kept in float", "because"], kept.Select(node => (IReadOnlyList<string>)[node.Node, node.Reason]));
    }

    private static IReadOnlyList<string> Cells(PruningPoint point) =>
    [
        Figures.Text($"{point.Ratio * 100:0.#} %"),
        Figures.Text($"{point.Removed * 100:0.#} %"),
        point.Precision ?? "–",
        point.Bytes is { } bytes ? Figures.Bytes(bytes) : "–",
        point switch
        {
            { Accuracy: { } accuracy } => Figures.Text($"{accuracy * 100:0.00} %"),
            { Top1Agreement: { } agreement } => Figures.Text($"{agreement * 100:0.0} % same best class"),
            { SqnrDb: { } sqnr } => Figures.Text($"{sqnr:0.0} dB"),
            _ => "–",
        },
        point.Speed is { } speed ? Figures.Text($"{speed:0.00}×") : "–",
        point.Refusal is { } refusal ? $"not taken: {refusal}" : "taken",
    ];

    private static IReadOnlyList<string> Cells(TrainingFacts training) =>
    [
        training.Form,
        training.Teacher ?? "the original",
        Figures.Text($"{training.Samples:#,0}"),
        Figures.Text($"{training.Epochs}"),
        training.Refusal is { } refusal ? $"as it was: {refusal}" : training.Gain,
    ];

    private static IEnumerable<(string Name, string Value)> Written(CompileReport report)
    {
        if (report.Compiled is not { } compiled)
            yield break;
        yield return ("size", $"{Figures.Bytes(report.Original.Bytes)} → {Figures.Bytes(compiled.Bytes)}");
        yield return ("parameters", $"{Figures.Count(report.Original.Parameters)} → {Figures.Count(compiled.Parameters)}");
        yield return ("multiply-accumulates", $"{Figures.Count(report.Original.Macs)} → {Figures.Count(compiled.Macs)}");
        if (report.Pruning is { } pruning)
        {
            yield return ("pruned", Figures.Text($"{pruning.Removed * 100:0.#} % of the {pruning.Unit}"));
            yield return ("in an app package", $"{Figures.Bytes(pruning.OriginalPackedBytes)} → {Figures.Bytes(pruning.PackedBytes)}");
        }

        if (report.Quantized is { } quantized)
            yield return ("integer operators", Figures.Text($"{quantized.Integer} of {quantized.Eligible}"));
        yield return ("written to", compiled.Path);
    }
}
