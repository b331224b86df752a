using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>
/// The compiled model as a component of a bill of materials in CycloneDX 1.6 (ECMA-424), with its model card. It has no serial number and no date, both of which
/// the format leaves free, so that the same results give the same bytes.
/// </summary>
public sealed class MlBom : IReportDocument
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Ending => ReportEndings.Bom;

    public string Write(ReportSubject subject) => new JsonObject
    {
        ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["components"] = new JsonArray(Component(subject)),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Component(ReportSubject subject)
    {
        var component = new JsonObject
        {
            ["type"] = "machine-learning-model",
            ["bom-ref"] = Text($"{subject.Name}.{subject.Report.Profile}"),
            ["name"] = Text(subject.Name),
        };
        if (subject.Provenance.Description is { Length: > 0 } description)
            component["description"] = Text(description);
        if (subject.Report.Compiled is { } compiled)
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = compiled.Sha256 });
        if (subject.Provenance.License is { Length: > 0 } license)
            component["licenses"] = new JsonArray(new JsonObject { ["license"] = License(license) });
        component["modelCard"] = Card(subject);
        component["properties"] = Properties(subject);
        return component;
    }

    private static JsonObject License(string license) =>
        SpdxLicenses.IdOf(license) is { } id ? new() { ["id"] = id } : new() { ["name"] = Text(license) };

    private static JsonObject Card(ReportSubject subject)
    {
        var parameters = new JsonObject();
        if (subject.Task is { } task and not ModelTask.Raw)
            parameters["task"] = OptionWords.Word(task);
        if (BomData.Of(subject.Report) is { } data)
            parameters["datasets"] = data;
        if (subject.Inputs.Count > 0)
            parameters["inputs"] = Formats(subject.Inputs);
        if (subject.Outputs.Count > 0)
            parameters["outputs"] = Formats(subject.Outputs);
        return new()
        {
            ["modelParameters"] = parameters,
            ["quantitativeAnalysis"] = new JsonObject { ["performanceMetrics"] = new JsonArray([.. MeasuredMetrics.Of(subject.Report).Select(metric => Metric(metric, subject.Report))]) },
            ["considerations"] = new JsonObject { ["performanceTradeoffs"] = new JsonArray(Text(Summary.Of(subject))) },
        };
    }

    private static JsonArray Formats(IReadOnlyList<string> values) => new([.. values.Select(value => new JsonObject { ["format"] = Text(value) })]);

    private static JsonObject Metric(MeasuredMetric metric, CompileReport report)
    {
        var json = new JsonObject
        {
            ["type"] = Text(metric.Type),
            ["value"] = Figures.Plain(metric.Value),
            ["slice"] = Text($"{report.Precision}/{report.Profile}"),
        };
        if (metric.Interval is [var low, var high])
            json["confidenceInterval"] = new JsonObject { ["lowerBound"] = Figures.Plain(low), ["upperBound"] = Figures.Plain(high) };
        return json;
    }

    private static JsonArray Properties(ReportSubject subject)
    {
        var report = subject.Report;
        (string Name, string? Value)[] facts =
        [
            ("profile", report.Profile),
            ("precision", report.Precision),
            ("file", subject.AssetFile),
            ("bytes", report.Compiled?.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("original:file", subject.SourceFile),
            ("original:bytes", report.Original.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("source", subject.Provenance.Source),
            ("compressed:sha256", report.Compressed?.Sha256),
        ];
        return new([.. facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new JsonObject { ["name"] = $"modelcompiler:{fact.Name}", ["value"] = Text(fact.Value!) })]);
    }

    private static JsonValue Text(string text) => JsonValue.Create(PlainText.Clean(text));
}
