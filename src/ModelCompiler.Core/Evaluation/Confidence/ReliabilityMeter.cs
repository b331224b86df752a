using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Confidence;

/// <summary>Sees how sure two classifiers are of their answers to labelled samples. A sample that either of them answers with NaN is passed over.</summary>
/// <param name="said">The output to look at; null takes the one that looks like scores of classes, if these are probabilities.</param>
internal sealed class ReliabilityMeter(ScoreOutput? said)
{
    private readonly ReliabilityBins _original = new();
    private readonly ReliabilityBins _compiled = new();
    private ScoreOutput? _scores = said;
    private int _samples;

    /// <summary>The compiled model's scores, for whoever fits a temperature.</summary>
    public KeptLogits Logits { get; } = new();

    /// <summary>What is looked at; null as long as nothing tells.</summary>
    public ScoreOutput? Scores => _scores;

    public void Add(int label, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        _scores ??= Find(original, label);
        if (_scores is null || RowOf(original, _scores) is not { } expected || RowOf(compiled, _scores) is not { } actual)
            return;
        if (ScoredAnswer.Of(expected, _scores, label) is not { } before || ScoredAnswer.Of(actual, _scores, label) is not { } after)
            return;
        _samples++;
        before.AddTo(_original);
        after.AddTo(_compiled);
        Logits.Add(ClassLogits.Of(actual, _scores.Kind), TopClass.Of(actual, actual.Length)[0], label);
    }

    /// <summary>Null where nothing could be judged.</summary>
    public Reliability? Result() =>
        _samples == 0 ? null : new Reliability(_scores!, _original.Result(), _compiled.Result(), TemperatureScaling.HeldOut(Logits, _scores!.Temperature));

    private static ScoreOutput? Find(IReadOnlyDictionary<string, Tensor> outputs, int label) =>
        TopClass.Find(outputs, label + 1) is { } name && outputs[name].ToFloats() is var row && ClassProbabilities.AreProbabilities(row) ? new ScoreOutput(name, OutputKind.Probabilities) : null;

    /// <summary>The scores of one sample; null for an output of another form.</summary>
    public static float[]? RowOf(IReadOnlyDictionary<string, Tensor> outputs, ScoreOutput scores) =>
        outputs.TryGetValue(scores.Name, out var output) && TopClass.Classes(output) == output.Count ? output.ToFloats() : null;
}
