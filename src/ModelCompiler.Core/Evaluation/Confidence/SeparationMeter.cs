using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Confidence;

/// <summary>Collects how sure one classifier is of inputs that it knows and of others. Answers that are no numbers are passed over.</summary>
/// <param name="scores">Where its probabilities are read from.</param>
internal sealed class SeparationMeter(ScoreOutput scores)
{
    private readonly Answers _known = new();
    private readonly Answers _strange = new();

    public int Known => _known.Probabilities.Count;

    public int Strange => _strange.Probabilities.Count;

    /// <summary>Adds the answer to an input that the model knows.</summary>
    public void AddKnown(IReadOnlyDictionary<string, Tensor> outputs) => Add(outputs, _known);

    /// <summary>Adds the answer to an input that is nothing it knows.</summary>
    public void AddStrange(IReadOnlyDictionary<string, Tensor> outputs) => Add(outputs, _strange);

    /// <summary>By the probability of the answer (Hendrycks and Gimpel 2017).</summary>
    public AreaUnderRoc ByMaxProbability() => AreaUnderRoc.Of(_known.Probabilities, _strange.Probabilities);

    /// <summary>By the negative energy ln Σ exp z (Liu et al. 2020), which only logits have: probabilities have lost their sum. Null for these.</summary>
    public AreaUnderRoc? ByEnergy() => scores.Kind == OutputKind.Logits ? AreaUnderRoc.Of(_known.Energies, _strange.Energies) : null;

    private void Add(IReadOnlyDictionary<string, Tensor> outputs, Answers answers)
    {
        if (ReliabilityMeter.RowOf(outputs, scores) is not { } row || TopClass.Of(row, row.Length)[0] is not (var best and not TopClass.None) || ScoredAnswer.Of(row, scores, best) is not { } answer)
            return;
        answers.Probabilities.Add(answer.Confidence);
        answers.Energies.Add(ClassLogits.LogSumExp(row, 1));
    }

    private sealed class Answers
    {
        public List<double> Probabilities { get; } = [];

        public List<double> Energies { get; } = [];
    }
}
