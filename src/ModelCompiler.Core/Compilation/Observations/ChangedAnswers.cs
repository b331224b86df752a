using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Documents;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation.Observations;

/// <summary>Which samples the form answers differently, for people to look at. Of made-up inputs nobody would see anything in that.</summary>
internal sealed class ChangedAnswers : IObservation
{
    public CompileReport Observe(ShippedForm form, CompileReport report) =>
        form.Original.AreSamplesTypical && form.Evidence.Comparison is { Changes: { } changes } comparison && (form.Original.AnswersWithClasses || comparison.Accuracy is Top1Accuracy)
            ? report with { ChangedAnswers = Facts(form.Original, changes) }
            : report;

    private static ChangedAnswersFacts Facts(OriginalModel original, AnswerChanges changes)
    {
        int[] places = [.. changes.Examples.Select(change => change.Place).Order()];
        var images = places.Zip(original.Samples.ReadImages(places)).ToDictionary(pair => pair.First, pair => Thumbnail.Png(pair.Second.Image));
        return new ChangedAnswersFacts(changes.Count, changes.Samples, [.. changes.Examples.Select(change => Facts(change, original.Labels) with { Thumbnail = images.GetValueOrDefault(change.Place) })]);
    }

    private static ChangedAnswer Facts(AnswerChange change, IReadOnlyList<string> labels) =>
        new(change.Name, Named(change.Label, labels), Named(change.Original, labels)!, Named(change.Compiled, labels));

    private static ClassAnswer? Named(int? index, IReadOnlyList<string> labels) =>
        index is { } known ? new ClassAnswer(known, known < labels.Count ? labels[known] : null) : null;
}
