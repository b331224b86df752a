using System.Diagnostics;
using System.Globalization;
using ModelCompiler.Compilation;
using ModelCompiler.Evaluation.Reports;

namespace CompileBench;

/// <summary>Compiles pruned and rounded models with training on the original's answers, and prints what they had lost before and after it.</summary>
internal static class DistillationTable
{
    public static void Print(IEnumerable<BenchCase> rows, Compiler compiler)
    {
        Console.WriteLine("| model | removed | before training | after | drop, 95 % interval | p | agreement | time | epochs | took |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            var begun = Stopwatch.GetTimestamp();
            var result = compiler.Compile(row);
            Console.WriteLine(Line(row, result, Stopwatch.GetElapsedTime(begun)));
            foreach (var training in result.Report?.Trainings ?? [])
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<!-- {training.Form}: {training.Refusal ?? training.Gain}{(training.AccuracyBefore is { } accuracy ? Text($", {training.Metric} {accuracy * 100:0.00} → {training.AccuracyAfter * 100:0.00}") : "")}; loss {string.Join(' ', training.Losses.Where((_, epoch) => epoch % Math.Max(1, training.Losses.Count / 8) == 0))} -->"));
        }
    }

    private static string Line(BenchCase row, CompileResult result, TimeSpan took)
    {
        if (result.Report is not { Compiled: not null, Accuracy: { } accuracy } report)
            return $"| {row.Name} | refused: {string.Join("; ", result.Diagnostics.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Message}"))} |";
        var before = report.Tried.LastOrDefault(form => form.Refusal is not null && form.Accuracy is not null);
        var cells = new[]
        {
            row.Name,
            report.Pruning is { } pruning ? Text($"{pruning.Removed * 100:0.0} %") : "–",
            before is null ? "–" : Text($"{before.Accuracy * 100:0.00}"),
            Text($"{accuracy.Original * 100:0.00} → {accuracy.Compiled * 100:0.00} (n={accuracy.Samples})"),
            Text($"{accuracy.Drop * 100:0.00}{Interval(accuracy)}"),
            accuracy.PValue is { } p ? Text($"{p:0.####}") : "–",
            report.Fidelity?.Top1Agreement is { } agreement ? Text($"{agreement * 100:0.0} %") : "–",
            report.Latency is { } time ? Text($"{1 / time.Ratio:0.00}× ({time.Ratio:0.00}× as fast)") : "–",
            string.Join(" + ", (report.Trainings ?? []).Select(training => Text($"{training.Epochs}{(training.IsShortened ? " (shortened)" : "")}"))),
            Text($"{took.TotalSeconds:0} s"),
        };
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Interval(AccuracyFacts accuracy) => accuracy.Ci95 is [var low, var high] ? Text($", {low * 100:0.00} to {high * 100:0.00}") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
