using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The report as one page without scripts or anything that it would have to fetch: it can be mailed, archived, and opened in ten years.</summary>
public sealed class HtmlReport : IReportDocument
{
    /// <summary>After the summary, in the order in which they are read.</summary>
    private static readonly Func<ReportSubject, Html>[] Sections =
    [
        subject => HtmlMeasured.Accuracy(subject.Report),
        HtmlCalibration.Of,
        HtmlOutOfDistribution.Of,
        subject => HtmlMetrics.Of(subject.Report),
        subject => HtmlMeasured.Fidelity(subject.Report),
        subject => HtmlChangedAnswers.Of(subject.Report),
        subject => HtmlCost.Of(subject.Report),
        subject => HtmlTried.Of(subject.Report),
        subject => HtmlRobustness.Corruptions(subject.Report),
        subject => HtmlRobustness.Adversarial(subject.Report),
        subject => HtmlMeasured.Ladder(subject.Report),
        subject => HtmlMeasured.Pruning(subject.Report),
        subject => HtmlTrainings.Of(subject.Report),
        subject => HtmlDone.Quantized(subject.Report),
        subject => HtmlDone.Passes(subject.Report),
        subject => HtmlDone.Diagnostics(subject.Report),
        subject => HtmlData.Data(subject.Report),
        HtmlDone.Files,
        HtmlDone.Provenance,
    ];

    public string Ending => ReportEndings.Page;

    public string Write(ReportSubject subject) => Page(subject).ToString();

    // The style is the compiler's own text, so that it is markup as it is; the policy forbids anything to be fetched or run.
    private static Html Page(ReportSubject subject) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>{subject.Name} for {subject.Report.Profile}: compile report</title>
        <style>
        {Style()}</style>
        </head>
        <body>
        <header>
        <h1>{subject.Name}</h1>
        <p class="quiet">Compiled for {subject.Report.Profile} as {subject.Report.Precision}</p>
        </header>
        <main>
        <section aria-labelledby="summary">
        <h2 id="summary">What changed</h2>
        <p class="lead">{Summary.Of(subject)}</p>
        {HtmlTiles.Of(subject.Report)}</section>
        {Sections.Select(section => section(subject))}</main>
        <footer>
        <p>{Measured(subject.Report.Measured)}Made by ModelCompiler from {subject.Name}.{subject.Report.Profile}{ReportEndings.Json}, which holds the same for programs.</p>
        </footer>
        </body>
        </html>

        """;

    private static string Measured(MeasuringFacts? measured) => measured is null ? "" : $"Measured on {measured.Date} with {measured.Processor} ({measured.System}). ";

    private static Html Style()
    {
        var style = new Html(HtmlStyle.Css.Length, 0);
        style.AppendLiteral(HtmlStyle.Css);
        return style;
    }
}
