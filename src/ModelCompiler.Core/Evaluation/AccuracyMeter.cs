using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Counts right answers of two models on the same labelled samples.</summary>
public sealed class AccuracyMeter
{
    private string? _scores;
    private int _samples;
    private int _original;
    private int _compiled;
    private int _lost;

    /// <summary>Adds a sample; one whose outputs hold no scores of a class of that index is not counted.</summary>
    /// <param name="label">Index of the right class.</param>
    /// <param name="original">The original's outputs.</param>
    /// <param name="compiled">The compiled model's outputs.</param>
    public void Add(int label, IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        _scores ??= original.FirstOrDefault(output => TopClass.Classes(output.Value) > label).Key;
        if (_scores is null || Best(original[_scores]) is not { } expected || Best(compiled[_scores]) is not { } actual)
            return;
        _samples++;
        _original += expected == label ? 1 : 0;
        _compiled += actual == label ? 1 : 0;
        _lost += expected == label && actual != label ? 1 : 0;
    }

    /// <summary>The counts; null where no sample was labelled or no output looks like class scores.</summary>
    public Accuracy? Result() => _samples == 0 ? null : new Accuracy(_samples, _original, _compiled, _lost);

    /// <summary>The best class of an output of one row.</summary>
    private static int? Best(Tensor output) =>
        TopClass.Classes(output) is { } classes && classes == output.Count ? TopClass.Of(output.ToFloats(), classes)[0] : null;
}
