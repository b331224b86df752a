using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>What was trained to answer like the original, and whether it helped.</summary>
internal static class HtmlTrainings
{
    public static Html Of(CompileReport report) => report.Trainings is { Count: > 0 } trainings
        ? HtmlParts.Section("distillation", "Distillation", $"""
            <p>Forms that lost too much were trained on the answers of another model to samples without labels. The weights were kept that answer held-out samples best, from which nothing was learnt.</p>
            {trainings.Select(Training)}
            """)
        : Html.None;

    private static Html Training(TrainingFacts training) => $"""
        <h3>{Title(training)}</h3>
        {HtmlParts.Facts(FactsOf(training))}{(training.Losses.Count > 1 ? TrainingChart.Of(training) : Html.None)}
        """;

    private static string Title(TrainingFacts training) => char.ToUpperInvariant(training.Form[0]) + training.Form[1..];

    private static IEnumerable<(string, Html)> FactsOf(TrainingFacts training)
    {
        yield return ("Teacher", HtmlParts.Text(training.Teacher ?? "the original"));
        yield return ("Result", HtmlParts.Text(training.Refusal is { } reason ? $"as it was before: {reason}" : $"{training.Gain} (n = {training.HeldOutSamples}, held out)"));
        if (training.AccuracyBefore is { } before && training.AccuracyAfter is { } after)
            yield return (training.Metric ?? "Accuracy", HtmlParts.Text($"{Figures.Percent(before)} → {Figures.Percent(after)}"));
        if (training.Epochs > 0)
            yield return ("Learnt from", HtmlParts.Text(string.Create(CultureInfo.InvariantCulture, $"{training.Samples:#,0} samples in {training.Epochs} epochs{(training.IsShortened ? "; this machine was too slow for all that was planned, so that another one may train to other bytes" : "")}")));
        if (training.Parameters > 0)
            yield return ("Trained numbers", HtmlParts.Text(Figures.Count(training.Parameters)));
        if (training.ActivationBytes is { } bytes)
            yield return ("Memory of values", HtmlParts.Text($"{Figures.Bytes(bytes)} in one run, of which there are up to four at once"));
        foreach (var obstacle in training.Frozen)
            yield return ("Not trained", HtmlParts.Text($"what lies in front of {obstacle}"));
    }
}
