using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Whether a classifier is less sure of inputs that are nothing it knows.</summary>
internal static class HtmlOutOfDistribution
{
    public static Html Of(ReportSubject subject) => subject.Report.OutOfDistribution switch
    {
        { Scores.Count: > 0 } measured => Section($"""
            <p>How often the model is surer of a sample that it knows (n = {(long)measured.InDistribution}) than of one that is nothing it knows ({Source(measured)}, n = {(long)measured.OutOfDistribution}). 50 % is chance. That the shares hold says nothing of other strange inputs.</p>
            {HtmlParts.Table("Area under the ROC curve", ["Score", "#Original", "#95 % interval", "#Compiled", "#95 % interval"], measured.Scores.Select(Row))}
            """),
        { NotMeasured: { } reason } => Section(HtmlParts.Paragraph($"Not measured: {reason}.")),
        _ when subject.Task == ModelTask.Classification => Section(HtmlParts.Paragraph("Not measured: that takes an output of kind probabilities or logits.")),
        _ => Html.None,
    };

    private static Html Section(Html content) => HtmlParts.Section("out-of-distribution", "Out of distribution", content);

    private static string Source(OutOfDistributionFacts facts) => facts.Source == "synthetic" ? "made-up inputs" : facts.Source ?? "";

    private static IReadOnlyList<string> Row(SeparationFacts score) =>
    [
        score.Score switch
        {
            "maxProbability" => "Probability of the answer",
            "energy" => "Energy of the logits",
            var other => other,
        },
        Figures.Percent(Math.Round(score.Original, 4)), Interval(score.OriginalCi95), Figures.Percent(Math.Round(score.Compiled, 4)), Interval(score.CompiledCi95),
    ];

    private static string Interval(double[] ends) => ends is [var low, var high] ? string.Create(CultureInfo.InvariantCulture, $"{low * 100:0.#} to {high * 100:0.#} %") : "";
}
