using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The section about what a run takes: time, memory, energy.</summary>
internal static class HtmlCost
{
    public static Html Of(CompileReport report) => HtmlParts.Section("cost", "Cost", $"""
        {HtmlParts.Table("What loading and running takes", ["Figure", "#Original", "#Compiled"], CostFigures.Of(report).Select(row => (string[])[row.Name, row.Before, row.After]))}
        {Energy(report.Energy)}
        """);

    private static Html Energy(EnergyFacts? energy) => energy is null ? Html.None : HtmlParts.Paragraph($"Energy is estimated and not measured: {energy.Formula}.");
}
