using System.Globalization;
using System.Text.Json;

namespace DigitReader;

/// <summary>Prints what the compiler measured when it made the model, from the report it wrote beside it.</summary>
internal static class CompileSummary
{
    public static void Print(string reportPath, TextWriter output)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(reportPath));
        var root = report.RootElement;
        output.WriteLine($"  compiled for {Text(root, "profile")} as {Text(root, "precision")}");
        output.WriteLine($"  {"",-12}{"original",12}{"compiled",12}");
        Size(root, output);
        Accuracy(root, output);
        Latency(root, output);
    }

    private static void Size(JsonElement root, TextWriter output)
    {
        if (Number(root, "original", "bytes") is { } original && Number(root, "compiled", "bytes") is { } compiled)
            Row(output, "size", Format($"{original / 1000:N0} kB"), Format($"{compiled / 1000:N0} kB"), Format($"{original / compiled:N1}× smaller"));
    }

    private static void Accuracy(JsonElement root, TextWriter output)
    {
        if (Number(root, "accuracy", "original") is { } original && Number(root, "accuracy", "compiled") is { } compiled)
            Row(output, "accuracy", Format($"{original:P1}"), Format($"{compiled:P1}"), Format($"on {Number(root, "accuracy", "samples"):N0} labelled digits"));
    }

    private static void Latency(JsonElement root, TextWriter output)
    {
        if (Number(root, "latency", "originalUs") is { } original && Number(root, "latency", "compiledUs") is { } compiled)
            Row(output, "speed", Format($"{original:N0} µs"), Format($"{compiled:N0} µs"), Format($"{original / compiled:N1}× as fast, median of {Number(root, "latency", "runs"):N0} runs on {Number(root, "latency", "threads"):N0} thread"));
    }

    private static void Row(TextWriter output, string name, string original, string compiled, string remark) =>
        output.WriteLine($"  {name,-12}{original,12}{compiled,12}   {remark}");

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Number(JsonElement root, string group, string name) =>
        root.TryGetProperty(group, out var values) && values.ValueKind == JsonValueKind.Object
        && values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
