using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Reports;

/// <summary>The reports as JSON: one object, properties always in the same order, so that equal results are equal bytes.</summary>
public static class ReportJson
{
    // The text is no part of a web page: names and messages stay readable.
    private static readonly ReportJsonContext Context = new(new JsonSerializerOptions(ReportJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(CompileReport report) => JsonSerializer.Serialize(report, Context.CompileReport);

    /// <summary>Null for a text that is no such report.</summary>
    public static CompileReport? ReadCompile(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Context.CompileReport) is { } report && report.Diagnostics.All(facts => DiagnosticRules.All.Any(rule => rule.Id == facts.Id)) ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Write(EvaluateReport report) => JsonSerializer.Serialize(report, Context.EvaluateReport);

    public static string Write(BenchReport report) => JsonSerializer.Serialize(report, Context.BenchReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(CompileReport))]
[JsonSerializable(typeof(EvaluateReport))]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
