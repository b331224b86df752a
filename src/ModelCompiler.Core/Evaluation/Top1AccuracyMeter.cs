using System.Globalization;
using ModelCompiler.Calibration;
using ModelCompiler.Evaluation.Confidence;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>
/// Counts how often the best class is the sample's label, class by class and slice by slice, and beside it how often the label is among the best five. A sample without
/// label, or whose outputs hold no scores of that class, is not counted. Where none is, the share of the original's answers that stay is all there is to tell. Sees as
/// well how sure both models are of their answers.
/// </summary>
/// <param name="scores">Where probabilities are read from; null takes them from the output that looks like scores of classes, if these sum to one.</param>
public sealed class Top1AccuracyMeter(ScoreOutput? scores = null) : IOutputMetric
{
    private const int Five = 5;

    private readonly GroupCounts<int> _classes = new(Comparer<int>.Default);
    private readonly GroupCounts<string> _slices = new(StringComparer.Ordinal);
    private readonly Top1AgreementMeter _agreement = new();
    private readonly ReliabilityMeter _reliability = new(scores);
    private ProportionAccuracy _top5 = new("top5", 0, 0, 0, 0);
    private string? _scores;

    /// <exception cref="Contract.DiagnosticException">MC0011: a label is of a class that the model does not have.</exception>
    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        if (sample.Label is not { } label)
        {
            _agreement.Add(sample, original, compiled);
            return;
        }

        _scores ??= TopClass.Find(original, label + 1);
        if (_scores is null || TopClass.OfRow(original[_scores]) is not { } expected || TopClass.OfRow(compiled[_scores]) is not { } actual)
            return;
        CheckClass(sample.Name, label, original[_scores]);
        _classes.Add(label, expected == label, actual == label);
        if (sample.Slice is { } slice)
            _slices.Add(slice, expected == label, actual == label);
        if (original[_scores].Count > Five)
            _top5 = _top5.With(TopClass.IsAmong(original[_scores], label, Five), TopClass.IsAmong(compiled[_scores], label, Five));
        _reliability.Add(label, original, compiled);
    }

    public Top1Accuracy? Result()
    {
        var classes = _classes.Select((index, counts) => new ClassAccuracy(index, counts.Samples, counts.OriginalCorrect, counts.CompiledCorrect, counts.Lost));
        return classes.Length == 0
            ? null
            : new Top1Accuracy(classes.Sum(part => part.Samples), classes.Sum(part => part.OriginalCorrect), classes.Sum(part => part.CompiledCorrect), classes.Sum(part => part.Lost))
            {
                Classes = classes,
                Reliability = _reliability.Result(),
                Slices = _slices.Select((name, counts) => new SliceAccuracy(name, counts.Samples, counts.OriginalCorrect, counts.CompiledCorrect, counts.Lost)),
            };
    }

    /// <summary>
    /// The output that probabilities are read from, and the temperature that makes the labels of all samples so far likeliest for the compiled model, with each half judged by
    /// what the other one gives; null where nothing tells probabilities.
    /// </summary>
    public (ScoreOutput Scores, TemperatureFit Fit)? FitTemperature() =>
        _reliability.Scores is { } output ? (output, TemperatureScaling.CrossFitted(_reliability.Logits, output.Temperature)) : null;

    Accuracy? IOutputMetric.Result() => Result();

    public IReadOnlyList<Measurement> Beside()
    {
        if (_classes.Count == 0)
            return _agreement.Result() is { } agreement ? [Measurement.Of(agreement)] : [];
        return _top5.Samples > 0 ? [Measurement.Of(_top5)] : [];
    }

    private static void CheckClass(string name, int label, Tensor scores)
    {
        if (label >= scores.Count)
            throw DataSet.DoesNotFit(name, string.Create(CultureInfo.InvariantCulture, $"its label is class {label}, but the model has {scores.Count} classes, 0 to {scores.Count - 1}"));
    }
}
