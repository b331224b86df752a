using System.Text;
using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>A model card in Markdown, with the front matter by which the Hugging Face Hub lists licence, tags and results.</summary>
public sealed class ModelCard : IReportDocument
{
    public string Ending => ReportEndings.Card;

    public string Write(ReportSubject subject)
    {
        var report = subject.Report;
        var card = new StringBuilder(FrontMatter.Of(subject))
            .Append("\n# ").Append(Md(subject.Name)).Append(" for ").Append(Md(report.Profile)).Append("\n\n")
            .Append(Md(subject.Provenance.Description ?? "Description: missing.")).Append("\n\n")
            .Append("## What changed\n\n").Append(Md(Summary.Of(subject))).Append("\n\n")
            .Append("## Figures\n\n| | Original | Compiled |\n|---|---|---|\n");
        foreach (var (name, before, after) in Rows(subject))
            card.Append("| ").Append(Md(name)).Append(" | ").Append(Md(before)).Append(" | ").Append(Md(after)).Append(" |\n");

        card.Append(CardData.Of(report));
        card.Append("\n## Limits\n\nThese figures hold for the data that they were measured on. What was not measured is said to be so, and is not known to be good.\n");
        if (report.Diagnostics.Count > 0)
            card.Append('\n');
        foreach (var diagnostic in report.Diagnostics)
            card.Append("- ").Append(Md(diagnostic.Id)).Append(' ').Append(Md(diagnostic.Severity)).Append(": ").Append(Md(diagnostic.Message)).Append('\n');

        card.Append("\n## Provenance\n\n");
        foreach (var (name, value) in Provenance(subject))
            card.Append("- ").Append(name).Append(": ").Append(string.IsNullOrWhiteSpace(value) ? "**missing**" : Md(value)).Append('\n');
        return card.ToString();
    }

    private static IEnumerable<(string Name, string Before, string After)> Rows(ReportSubject subject)
    {
        var report = subject.Report;
        yield return ("Size", Figures.Bytes(report.Original.Bytes), report.Compiled is null ? "nothing written" : Figures.Bytes(report.Compiled.Bytes));
        yield return ("Parameters", Figures.Count(report.Original.Parameters), Figures.Count(report.Compiled?.Parameters));
        yield return ("Multiply-accumulates", Figures.Count(report.Original.Macs), Figures.Count(report.Compiled?.Macs));
        yield return report.Accuracy is { } accuracy
            ? ($"Accuracy, {accuracy.Metric}, n = {accuracy.Samples}", Figures.Of(accuracy, accuracy.Original), Figures.Of(accuracy, accuracy.Compiled))
            : ("Accuracy", Figures.NotMeasured, Figures.NotMeasured);
        if (report.Calibration?.Compiled is { } calibration)
            yield return ($"{HtmlCalibration.Error}, n = {report.Calibration.Samples}", report.Calibration.Original is { } before ? Figures.Points(before.Ece) : Figures.NotMeasured, Figures.Points(calibration.Ece));
        if (report.OutOfDistribution?.Scores is [var separation, ..])
            yield return ($"Surer of known than of strange samples, n = {report.OutOfDistribution.InDistribution} and {report.OutOfDistribution.OutOfDistribution}", Figures.Percent(separation.Original), Figures.Percent(separation.Compiled));
        foreach (var measure in MeasureText.Beside(report))
            yield return ($"{measure.Name}, n = {measure.Samples}", measure.Original is null ? "–" : MeasureText.Figure(measure, measure.Original), MeasureText.Figure(measure, measure.Compiled));
        foreach (var row in CostFigures.Of(report))
            yield return row;
        yield return ("Signal to noise of the outputs", "–", Figures.Decibels(report.Fidelity?.SqnrDb));
    }

    private static IEnumerable<(string Name, string? Value)> Provenance(ReportSubject subject)
    {
        if (subject.Report.Measured is { } measured)
            yield return ("Measured", $"{measured.Date}, {measured.Processor} ({measured.System})");
        yield return ("Licence", subject.Provenance.License);
        yield return ("Source", subject.Provenance.Source);
        yield return ("File of the original", subject.SourceFile);
        yield return ("SHA-256 of the compiled model", subject.Report.Compiled?.Sha256);
    }

    private static string Md(string text) => MarkdownText.Escaped(text);
}
