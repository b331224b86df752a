using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Finds the samples that two classifiers answer differently, and keeps a few of them.</summary>
internal sealed class AnswerChangeMeter
{
    private const int Most = 8;

    private readonly List<AnswerChange> _lost = [];
    private readonly List<AnswerChange> _others = [];
    private string? _scores;
    private int _samples;
    private int _changed;

    /// <param name="place">Of the sample in its data set.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="original">Outputs of the original.</param>
    /// <param name="compiled">Outputs of the compiled model.</param>
    public void Add(int place, Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        _scores ??= TopClass.Find(original, 2);
        if (_scores is null || TopClass.OfRow(original[_scores]) is not { } before || before == TopClass.None || TopClass.OfRow(compiled[_scores]) is not { } after)
            return;
        _samples++;
        if (before == after)
            return;
        _changed++;
        var kept = sample.Label == before ? _lost : _others;
        if (kept.Count < Most)
            kept.Add(new AnswerChange(place, sample.Name, sample.Label, before, after == TopClass.None ? null : after));
    }

    /// <summary>Null where no output looks like scores of classes.</summary>
    public AnswerChanges? Result() => _samples == 0 ? null : new(_changed, _samples, [.. _lost.Concat(_others).Take(Most)]);
}
