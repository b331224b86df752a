using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Counts how often the best class is the sample's label. A sample without label, or whose outputs hold no scores of that class, is not counted.</summary>
public sealed class Top1AccuracyMeter : IOutputMetric
{
    private string? _scores;
    private int _samples;
    private int _original;
    private int _compiled;
    private int _lost;

    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (sample.Label is not { } label)
            return;
        _scores ??= TopClass.Find(original, label + 1);
        if (_scores is null || TopClass.OfRow(original[_scores]) is not { } expected || TopClass.OfRow(compiled[_scores]) is not { } actual)
            return;
        _samples++;
        _original += expected == label ? 1 : 0;
        _compiled += actual == label ? 1 : 0;
        _lost += expected == label && actual != label ? 1 : 0;
    }

    public Top1Accuracy? Result() => _samples == 0 ? null : new Top1Accuracy(_samples, _original, _compiled, _lost);

    Accuracy? IOutputMetric.Result() => Result();
}
