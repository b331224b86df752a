using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The section about the data that a model was made with and measured on.</summary>
internal static class HtmlData
{
    public static Html Data(CompileReport report) => report.Data is { Count: > 0 } data
        ? HtmlParts.Section("data", "Data", $"""
            {HtmlParts.Table("Data that was used", ["Role", "Name", "#Samples", "#Classes", "Licence", "Source"], data.Select(Row))}{data.Where(part => part.Sha256 is not null).Select(Hash)}
            """)
        : Html.None;

    private static IReadOnlyList<string> Row(DataFacts data) =>
    [
        data.Role, data.Name, Number(data.Samples),
        data.Classes is { } classes ? Number(classes) : data.Labelled ? "boxes" : "not labelled",
        Said(data, data.License), Said(data, data.Source),
    ];

    private static Html Hash(DataFacts data) => $"""
        <p class="quiet">{data.Name}{(string.IsNullOrWhiteSpace(data.Description) ? "" : $": {data.Description}")} SHA-256 of the {data.Role} data: <code>{data.Sha256!}</code></p>

        """;

    /// <summary>What is made up needs no licence.</summary>
    private static string Said(DataFacts data, string? text) => data.Synthetic ? "made up" : string.IsNullOrWhiteSpace(text) ? "missing" : text;

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
