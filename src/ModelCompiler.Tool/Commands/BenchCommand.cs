using System.CommandLine;
using ModelCompiler.Calibration;
using ModelCompiler.Compilation;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Execution;
using ModelCompiler.Tool.Output;
using ModelCompiler.Tool.Progress;

namespace ModelCompiler.Tool.Commands;

/// <summary><c>modelc bench</c>: the time of one run, of several models in turn so that they can be compared.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var model = Symbols.Model();
        var others = new Option<string[]>("--vs") { Description = "A model to compare with; may be given several times.", HelpName = "model" };
        var threads = Symbols.AtLeastOne("--threads", "Threads of one run.", "N");
        var json = Symbols.Json();
        var command = new Command("bench", "Measures the time of a run, of several models in turn.") { model, others, threads, json };
        command.SetAction(parsed => CommandRunner.Run(
            parsed.GetValue(json),
            output => Run([parsed.GetRequiredValue(model), .. parsed.GetValue(others) ?? []], parsed.GetValue(threads), output)));
        return command;
    }

    private static void Run(IReadOnlyList<string> paths, int threads, CommandOutput output)
    {
        var report = ProgressDisplay.Run(output, progress => Measure(paths, threads, output, progress));
        output.Result(() => ReportJson.Write(report), () => Print(report));
    }

    private static BenchReport Measure(IReadOnlyList<string> paths, int threads, CommandOutput output, ICompileProgress progress)
    {
        var options = new ExecutionOptions { Threads = threads };
        var models = new List<LoadedModel>();
        try
        {
            foreach (var path in paths)
            {
                progress.Report(new CompileStep($"loading {path}"));
                models.Add(LoadedModel.Load(path, options, output));
            }

            progress.Report(new CompileStep("measuring"));
            var latencies = Latency.Compare([.. models.Select(model => model.Run)]);
            progress.Report(new CompileStep("measuring the time to load"));
            var benched = paths.Zip(latencies, (path, latency) => BenchedModel.Of(path, latency, LoadTime.MedianMs(path, options)));
            return new BenchReport(latencies[0].Runs, threads, [.. benched]);
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }
    }

    private static void Print(BenchReport report)
    {
        Tables.Print(
            ["model", ">median", ">p90", ">speed", ">load"],
            report.Models.Select(model => (IReadOnlyList<string>)
            [
                model.Path,
                Figures.Microseconds(model.MedianUs),
                model.P90Us is { } p90 ? Figures.Microseconds(p90) : "insufficient samples",
                Figures.Text($"{model.RatioToFirst:0.00}×"),
                Figures.Text($"{model.LoadMs:0} ms"),
            ]));
        Console.Out.WriteLine(Figures.Text($"{report.Runs} interleaved runs of each, {report.Threads} thread{(report.Threads == 1 ? "" : "s")}, synthetic inputs"));
    }

    /// <summary>A model with inputs bound to it: the same inputs for every model with the same signature.</summary>
    private sealed record LoadedModel(OrtModel Model, BoundRun Run) : IDisposable
    {
        public static LoadedModel Load(string path, ExecutionOptions options, CommandOutput output)
        {
            var described = DescribedModel.Read(path, output.Report);
            var model = OrtModel.Load(path, options);
            try
            {
                return new LoadedModel(model, model.Bind(SyntheticDataSet.For(model, described).Samples().First().Inputs));
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            Run.Dispose();
            Model.Dispose();
        }
    }
}
