using System.Text;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The section of a model card about the data that a model was made with and measured on.</summary>
internal static class CardData
{
    /// <summary>Empty where a report says nothing of data.</summary>
    public static string Of(CompileReport report)
    {
        if (report.Data is not { Count: > 0 } sets)
            return "";
        var section = new StringBuilder("\n## Data\n\n");
        foreach (var data in sets)
            section.Append("- ").Append(Md(data.Role)).Append(": ").Append(Md(data.Name)).Append(", ").Append(Figures.Samples(data.Samples)).Append(Details(data)).Append('\n');
        return section.ToString();
    }

    private static string Details(DataFacts data)
    {
        if (data.Synthetic)
            return ", made up from the model's signature";
        var labels = data.Classes is { } classes ? $" of {classes} {(classes == 1 ? "class" : "classes")}" : data.Labelled ? " with boxes" : ", not labelled";
        var description = string.IsNullOrWhiteSpace(data.Description) ? "" : $"; {Md(data.Description)}";
        return $"{labels}{description}; licence: {Said(data.License)}; source: {Said(data.Source)}; SHA-256: {(data.Sha256 is null ? "none" : Md(data.Sha256))}";
    }

    private static string Said(string? text) => string.IsNullOrWhiteSpace(text) ? "**missing**" : Md(text);

    private static string Md(string text) => MarkdownText.Escaped(text);
}
