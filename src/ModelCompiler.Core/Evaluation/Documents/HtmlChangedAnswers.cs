using System.Globalization;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>The section about samples that the compiled model answers differently.</summary>
internal static class HtmlChangedAnswers
{
    /// <summary>Left out for models that give no answers.</summary>
    public static Html Of(CompileReport report) => report.ChangedAnswers is { } changed
        ? HtmlParts.Section("changed", "Answers that changed", $"""
            {HtmlParts.Paragraph(Count(changed))}{Examples(changed.Examples)}
            """)
        : Html.None;

    private static string Count(ChangedAnswersFacts changed) => changed.Count == 0
        ? $"None of {Figures.Samples(changed.Samples)}."
        : string.Create(CultureInfo.InvariantCulture, $"{changed.Count:#,0} of {Figures.Samples(changed.Samples)}. {(changed.Count > changed.Examples.Count ? "Some of them, those" : "Those")} that only the original answers right first:");

    private static Html Examples(IReadOnlyList<ChangedAnswer> examples) => examples.Count == 0 ? Html.None : $"""
        <ul class="tiles">
        {examples.Select(Example)}</ul>

        """;

    private static Html Example(ChangedAnswer example) => $"""
        <li>{Picture(example)}<h3>{example.Name}</h3><p class="was">{Right(example.Right)}Original: {Text(example.Original)}. Compiled: {Text(example.Compiled)}.</p></li>

        """;

    private static Html Picture(ChangedAnswer example) =>
        example.Thumbnail is { } png ? (Html)$"""<img src="data:image/png;base64,{Convert.ToBase64String(png)}" alt="{example.Name}"/>""" : Html.None;

    private static string Right(ClassAnswer? right) => right is null ? "" : $"Right: {Text(right)}. ";

    private static string Text(ClassAnswer? answer) => answer is null ? "no answer" : answer.Label ?? string.Create(CultureInfo.InvariantCulture, $"class {answer.Class}");
}
