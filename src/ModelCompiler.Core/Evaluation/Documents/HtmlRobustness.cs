using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The sections about disturbed inputs; left out where nobody wanted them looked at.</summary>
internal static class HtmlRobustness
{
    public static Html Corruptions(CompileReport report) => report.Robustness is { } robustness
        ? HtmlParts.Section("robustness", "Robustness", robustness.NotMeasured is { } why ? HtmlParts.Paragraph($"Not measured: {why}.") : Curve(robustness))
        : Html.None;

    public static Html Adversarial(CompileReport report) => report.Adversarial is { } adversarial
        ? HtmlParts.Section("adversarial", "Sensitivity to small changes of the input", adversarial.NotMeasured is { } why ? HtmlParts.Paragraph($"Not measured: {why}.") : Probe(adversarial))
        : Html.None;

    private static Html Curve(RobustnessFacts robustness) => $"""
        <p>{Metric(robustness.Metric)} on {Figures.Samples(robustness.Samples)} while more and more happens to the images before they are prepared: strength 0 is the clean image, 5 is severe (noise to contrast as in ImageNet-C).</p>
        <p>{Verdict(robustness.Corruptions)}</p>
        {Curves.Legend}<div class="multiples">
        {robustness.Corruptions.Select(corruption => Multiple(robustness, corruption))}</div>
        <details>
        <summary>All figures</summary>
        {HtmlParts.Table("Robustness at each strength", ["What happens", "#Strength", "#Original", "#Compiled"], Rows(robustness))}
        {HtmlParts.Table("Robustness over all strengths", ["What happens", "#Mean drop", "#p value"], robustness.Corruptions.Select(Row))}</details>

        """;

    private static Html Probe(AdversarialFacts adversarial) => $"""
        <p>A random search of up to {adversarial.Queries} runs changed each element of the input by at most {Figures.Percent(adversarial.Budget)} of its range, the same way for both models, and looked for another answer. It is a probe: a lower bound of what an attacker can do. That few answers changed is no guarantee.</p>
        {HtmlParts.Facts([
            ("Samples", HtmlParts.Text(adversarial.Samples.ToString("#,0", CultureInfo.InvariantCulture))),
            ("Original", HtmlParts.Text(Changed(adversarial.Original, adversarial.OriginalQueries))),
            ("Compiled", HtmlParts.Text(Changed(adversarial.Compiled, adversarial.CompiledQueries))),
            ("Paired p value", HtmlParts.Text(adversarial.PValue is { } p ? p.ToString("0.####", CultureInfo.InvariantCulture) : Figures.NotMeasured))])}
        """;

    private static Html Multiple(RobustnessFacts robustness, CorruptionFacts corruption) => $"""
        <div><h3>{corruption.Name}</h3>
        {Curves.Of(corruption.Name, [robustness.Original ?? 0, .. corruption.Curve.Select(point => point.Original)], [robustness.Compiled ?? 0, .. corruption.Curve.Select(point => point.Compiled)])}</div>

        """;

    private static string Metric(string? metric) => metric == "agreement" ? "Agreement with the original's answer to the clean image" : $"Accuracy ({metric})";

    private static string Verdict(IReadOnlyList<CorruptionFacts> corruptions)
    {
        string[] worse = [.. corruptions.Where(corruption => corruption.LessRobust).Select(corruption => $"{corruption.Name} (mean drop {Figures.Points(corruption.Drop)})")];
        return worse.Length == 0
            ? "The images do not show that the compiled model is less robust than the original."
            : $"The compiled model is less robust than the original against {string.Join(", ", worse)}: it loses more there than on clean images, by more than chance.";
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(RobustnessFacts robustness)
    {
        yield return ["nothing", "0", Figures.Percent(robustness.Original), Figures.Percent(robustness.Compiled)];
        foreach (var corruption in robustness.Corruptions)
        {
            foreach (var point in corruption.Curve)
                yield return [corruption.Name, point.Strength.ToString(CultureInfo.InvariantCulture), Figures.Percent(point.Original), Figures.Percent(point.Compiled)];
        }
    }

    private static IReadOnlyList<string> Row(CorruptionFacts corruption) =>
        [corruption.Name, Figures.Points(corruption.Drop), corruption.PValue.ToString("0.####", CultureInfo.InvariantCulture)];

    private static string Changed(double? share, double? queries) => string.Create(
        CultureInfo.InvariantCulture, $"{Figures.Percent(share)} of the answers changed{(queries is { } median ? $", after {median:0.#} runs in the median" : "")}");
}
