using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>
/// Counts how often the best class is the sample's label, class by class. A sample without label, or whose outputs hold no scores of that class, is not counted.
/// </summary>
public sealed class Top1AccuracyMeter : IOutputMetric
{
    private readonly SortedDictionary<int, ClassAccuracy> _classes = [];
    private string? _scores;

    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (sample.Label is not { } label)
            return;
        _scores ??= TopClass.Find(original, label + 1);
        if (_scores is null || TopClass.OfRow(original[_scores]) is not { } expected || TopClass.OfRow(compiled[_scores]) is not { } actual)
            return;
        var known = _classes.GetValueOrDefault(label) ?? new ClassAccuracy(label, 0, 0, 0, 0);
        _classes[label] = new ClassAccuracy(
            label,
            known.Samples + 1,
            known.OriginalCorrect + (expected == label ? 1 : 0),
            known.CompiledCorrect + (actual == label ? 1 : 0),
            known.Lost + (expected == label && actual != label ? 1 : 0));
    }

    public Top1Accuracy? Result()
    {
        var classes = _classes.Values.ToArray();
        return classes.Length == 0
            ? null
            : new Top1Accuracy(classes.Sum(part => part.Samples), classes.Sum(part => part.OriginalCorrect), classes.Sum(part => part.CompiledCorrect), classes.Sum(part => part.Lost))
            {
                Classes = classes,
            };
    }

    Accuracy? IOutputMetric.Result() => Result();
}
