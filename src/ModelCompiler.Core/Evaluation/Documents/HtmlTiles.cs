using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Before and after at a glance, one tile a figure.</summary>
internal static class HtmlTiles
{
    public static Html Of(CompileReport report) => $"""
        <ul class="tiles">
        {Size(report)}{Count("Parameters", report.Original.Parameters, report.Compiled?.Parameters)}{Count("Multiply-accumulates", report.Original.Macs, report.Compiled?.Macs)}{Accuracy(report.Accuracy)}{Latency(report.Latency)}{Memory(report.Memory)}</ul>

        """;

    private static Html Size(CompileReport report) => report.Compiled is { } compiled
        ? Tile("Size", Figures.Bytes(compiled.Bytes), $"was {Figures.Bytes(report.Original.Bytes)}")
        : Unmeasured("Size", "nothing written", $"was {Figures.Bytes(report.Original.Bytes)}");

    private static Html Count(string title, long? before, long? after) => after is null
        ? Unmeasured(title, "not known", $"was {Figures.Count(before)}")
        : Tile(title, Figures.Count(after), $"was {Figures.Count(before)}");

    private static Html Accuracy(AccuracyFacts? accuracy) => accuracy is null
        ? Unmeasured("Accuracy", Figures.NotMeasured, "no labelled samples")
        : Tile($"Accuracy, {accuracy.Metric}", Figures.Of(accuracy, accuracy.Compiled), accuracy.Original is { } original ? $"was {Figures.Of(accuracy, original)}, n\u00A0=\u00A0{accuracy.Samples}" : $"n\u00A0=\u00A0{accuracy.Samples}");

    private static Html Latency(LatencyFacts? latency) => latency is null
        ? Unmeasured("Latency", Figures.NotMeasured, "")
        : Tile("Latency, median", Figures.Time(latency.CompiledUs), string.Create(
            CultureInfo.InvariantCulture, $"was {Figures.Time(latency.OriginalUs)}, n\u00A0=\u00A0{latency.Runs} runs, {latency.Threads} {(latency.Threads == 1 ? "thread" : "threads")}"));

    private static Html Memory(MemoryFacts? memory) => memory is null
        ? Unmeasured("Peak memory", Figures.NotMeasured, "")
        : Tile("Peak memory", Figures.Bytes(memory.PeakBytes), memory.OriginalPeakBytes is { } original ? $"was {Figures.Bytes(original)}" : "in a process of its own");

    private static Html Tile(string title, string now, string was) => $"""
        <li><h3>{title}</h3><p class="now">{now}</p><p class="was">{was}</p></li>

        """;

    private static Html Unmeasured(string title, string why, string was) => $"""
        <li><h3>{title}</h3><p class="now unmeasured">{why}</p><p class="was">{was}</p></li>

        """;
}
