using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Counts how often the compiled model's best class is the original's. Accuracy cannot fall by more than the share where it is not.</summary>
public sealed class Top1AgreementMeter : IOutputMetric
{
    private string? _scores;
    private int _rows;
    private int _agreeing;

    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        _scores ??= TopClass.Find(original, 2);
        if (_scores is null || TopClass.Classes(original[_scores]) is not { } classes)
            return;
        var wanted = TopClass.Of(original[_scores].ToFloats(), classes);
        var found = TopClass.Of(compiled[_scores].ToFloats(), classes);
        _rows += wanted.Count(best => best != TopClass.None);
        _agreeing += wanted.Zip(found).Count(pair => pair.First != TopClass.None && pair.First == pair.Second);
    }

    public Accuracy? Result() => _rows == 0 ? null : new Top1Accuracy(_rows, _rows, _agreeing, _rows - _agreeing) { Metric = "top-1 agreement", IsAgreement = true };
}
