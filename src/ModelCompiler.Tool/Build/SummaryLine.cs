using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Tool.Output;

namespace ModelCompiler.Tool.Build;

/// <summary>A compile in one line: <c>mobilenet → android-arm64: int8, 13.4 → 3.6 MB, top-1 −0.3 (n=500), 1.9×</c>.</summary>
internal static class SummaryLine
{
    public static string Of(string name, CompileReport report) =>
        $"{name} → {report.Profile}: {string.Join(", ", Parts(report))}";

    private static IEnumerable<string> Parts(CompileReport report)
    {
        yield return report.Precision;
        if (report.Pruning is { Removed: var removed } pruning)
            yield return Figures.Text($"{removed * 100:0} % fewer {pruning.Unit}");
        if (report.Compiled is { } compiled)
            yield return Figures.BytesChange(report.Original.Bytes, compiled.Bytes);
        if (report.Accuracy is { Drop: { } drop } accuracy)
            yield return Figures.Text($"{Metric(accuracy.Metric)} {(accuracy.IsError == true ? Signed(drop) + " %" : Signed(-drop))} (n={accuracy.Samples})");
        else if (report.Fidelity is { SqnrDb: { } sqnr } fidelity)
            yield return Figures.Text($"signal to noise {sqnr:0.0} dB (n={fidelity.Samples})");
        if (report.Latency is { } latency)
            yield return Figures.Text($"{latency.Ratio:0.0}×");
    }

    private static string Metric(string metric) => metric == "top1" ? "top-1" : metric;

    /// <summary>A drop of 0.003 is a change of −0.3 points; an error that grew by 0.003 is one of +0.3 %.</summary>
    private static string Signed(double change)
    {
        var points = Math.Round(change * 100, 1);
        return points switch
        {
            > 0 => Figures.Text($"+{points:0.0}"),
            < 0 => Figures.Text($"−{-points:0.0}"),
            _ => "±0.0",
        };
    }
}
