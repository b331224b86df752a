using System.Globalization;
using System.Text.Json.Nodes;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>
/// Data sets as CycloneDX 1.6 has them in <c>modelCard.modelParameters.datasets</c>: data components of the type <c>dataset</c>, whose contents have a URL and properties. The
/// format has no place of its own for a licence or hash of data, so that those are properties.
/// </summary>
internal static class BomData
{
    /// <summary>Null where nothing of the project was used: made-up inputs are no data set that anybody could look at.</summary>
    public static JsonArray? Of(CompileReport report) =>
        report.Data?.Where(data => !data.Synthetic).Select(DataSet).ToArray() is { Length: > 0 } sets ? new JsonArray(sets) : null;

    private static JsonNode DataSet(DataFacts data)
    {
        var contents = new JsonObject();
        if (IsAddress(data.Source))
            contents["url"] = data.Source;
        contents["properties"] = Properties(data);
        var set = new JsonObject { ["type"] = "dataset", ["name"] = PlainText.Clean(data.Name), ["contents"] = contents };
        if (!string.IsNullOrWhiteSpace(data.Description))
            set["description"] = PlainText.Clean(data.Description);
        return set;
    }

    private static JsonArray Properties(DataFacts data)
    {
        (string Name, string? Value)[] facts =
        [
            ("role", data.Role),
            ("samples", data.Samples.ToString(CultureInfo.InvariantCulture)),
            ("labelled", data.Labelled ? "true" : "false"),
            ("classes", data.Classes?.ToString(CultureInfo.InvariantCulture)),
            ("license", Said(data.License)),
            ("source", Said(data.Source)),
            ("sha256", data.Sha256),
        ];
        return new([.. facts.Where(fact => fact.Value is not null).Select(fact => new JsonObject { ["name"] = $"modelcompiler:data:{fact.Name}", ["value"] = PlainText.Clean(fact.Value!) })]);
    }

    private static string Said(string? text) => string.IsNullOrWhiteSpace(text) ? "missing" : text;

    private static bool IsAddress(string? text) => Uri.IsWellFormedUriString(text, UriKind.Absolute) && new Uri(text!).Scheme is "https" or "http";
}
