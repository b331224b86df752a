using System.Runtime.InteropServices;
using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>
/// Looks for a small change of an input that changes a classifier's answer, by its scores alone: a random move is kept where the answer's lead over the next class
/// does not grow (Andriushchenko et al. 2020). No gradients, so that it treats integers and floats alike.
/// </summary>
/// <param name="model">Answers.</param>
/// <param name="input">The input that is changed: float32.</param>
/// <param name="limits">How far.</param>
/// <param name="moves">How the search goes on.</param>
internal sealed class RandomSearch(OrtModel model, string input, PerturbationLimits limits, IPerturbationMoves moves)
{
    /// <summary>Of the elements, in the first move; half of that after each quarter of the queries.</summary>
    private const double FirstShare = 0.3;

    private const int Stages = 4;

    /// <summary>The query at which the model's answer was another one than to the sample itself; null where it never was. Equal seeds make equal moves.</summary>
    /// <param name="sample">What is changed.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="queries">Runs of the model at most, that of the sample itself not counted.</param>
    /// <returns>Also the answer to the sample, <see cref="TopClass.None"/> where there is none to be changed.</returns>
    public (int Answer, int? Query) Run(Sample sample, int seed, int queries)
    {
        var values = sample.Inputs[input];
        if (Scores(sample, values) is not { } clean || TopClass.Of(clean, clean.Length)[0] is var answer && answer == TopClass.None)
            return (TopClass.None, null);

        var noise = new Noise(seed, "perturbation");
        var (kept, tried) = (new sbyte[values.Count], new sbyte[values.Count]);
        var bytes = new byte[values.Count * sizeof(float)];
        var lead = Lead(clean, answer);
        moves.Begin(tried, noise);
        for (var query = 1; query <= queries; query++)
        {
            limits.Apply(values.Span<float>(), tried, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
            if (Scores(sample, new Tensor(ElementType.Float32, values.Dims, new ManagedTensorData(bytes))) is not { } scores || TopClass.Of(scores, scores.Length)[0] != answer)
                return (answer, query);
            if (query == 1 || Lead(scores, answer) <= lead)
            {
                lead = Lead(scores, answer);
                tried.CopyTo(kept, 0);
            }

            kept.CopyTo(tried, 0);
            moves.Change(tried, FirstShare / (1 << (query * Stages / (queries + 1))), noise);
        }

        return (answer, null);
    }

    /// <summary>Null where no output is one row of scores.</summary>
    private float[]? Scores(Sample sample, Tensor values)
    {
        var inputs = new Dictionary<string, Tensor>(sample.Inputs, StringComparer.Ordinal) { [input] = values };
        var outputs = model.Run(inputs, model.ReadableOutputs);
        return TopClass.Find(outputs, 2) is { } scores && TopClass.OfRow(outputs[scores]) is not null ? outputs[scores].ToFloats() : null;
    }

    /// <summary>How far the answer's score is above that of the next class.</summary>
    private static float Lead(float[] scores, int answer)
    {
        var next = float.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
            next = i == answer ? next : Math.Max(next, scores[i]);
        return scores[answer] - next;
    }
}
