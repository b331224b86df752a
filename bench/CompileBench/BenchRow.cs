using System.Globalization;
using ModelCompiler.Compilation;
using ModelCompiler.Evaluation.Reports;

namespace CompileBench;

/// <summary>A row of the table, in Markdown.</summary>
internal static class BenchRow
{
    public const string Header = """
        | model, precision | shipped as | size | accuracy | agreement | SQNR | time | speed |
        |---|---|---|---|---|---|---|---|
        """;

    public static string Of(BenchCase row, CompileResult result)
    {
        if (result.Report is not { Compiled: { } compiled } report)
            return $"| {row.Name} | refused: {result.Diagnostics[^1].Id} | | | | | | |";
        var cells = new[]
        {
            row.Name,
            string.Join(", ", ShippedAs(report)),
            Text($"{report.Original.Bytes / 1e6:0.00} → {compiled.Bytes / 1e6:0.00} MB, {(double)compiled.Bytes / report.Original.Bytes:0.00}×"),
            report.Accuracy is { Original: { } before } accuracy ? Text($"{Metric(accuracy.Metric)} {before * 100:0.00} → {accuracy.Compiled * 100:0.00} % (n={accuracy.Samples})") : "–",
            report.Fidelity is { Top1Agreement: { } agreement } fidelity ? Text($"{agreement * 100:0.0} % (n={fidelity.Samples})") : "–",
            report.Fidelity?.SqnrDb is { } sqnr ? Text($"{sqnr:0.0} dB") : "–",
            report.Latency is { } time ? Text($"{time.OriginalUs:0} → {time.CompiledUs:0} µs (n={time.Runs})") : "–",
            report.Latency is { } speed ? Text($"{speed.Ratio:0.00}×") : "–",
        };
        return $"| {string.Join(" | ", cells)} |";
    }

    private static IEnumerable<string> ShippedAs(CompileReport report)
    {
        yield return report.Precision;
        if (report.Pruning is { } pruning)
            yield return Text($"{pruning.Removed * 100:0.0} % fewer {pruning.Unit}");
        if (report.Quantized?.MacsShare is { } integer and > 0)
            yield return Text($"{integer * 100:0.0} % of MACs integer");
    }

    private static string Metric(string metric) => metric == "top1" ? "top-1" : metric;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
