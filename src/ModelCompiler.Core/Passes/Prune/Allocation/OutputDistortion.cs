using ModelCompiler.Calibration;
using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>How far a form of a model moves its outputs on some samples: noise power ÷ signal power, the sum over its float outputs.</summary>
/// <remarks>Scores are compared before a Softmax or Sigmoid at the end, which would hide what lies near 0 and 1.</remarks>
internal sealed class OutputDistortion
{
    private readonly IReadOnlyList<Sample> _samples;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _classes;
    private readonly IReadOnlyDictionary<string, Tensor>[] _expected;

    public OutputDistortion(Model original, IReadOnlyList<Sample> samples)
    {
        _samples = samples;
        _names = original.Graph.Outputs.Select(Scores).Where(value => value.Initializer is null && !value.IsGraphInput).Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        _classes = original.Graph.Outputs.Where(output => TailOf(output).Any(node => node.Is("Softmax") || node.Is("LogSoftmax"))).Select(output => Scores(output).Name).ToHashSet(StringComparer.Ordinal);
        using var running = NetworkPart.Of(original, _names);
        _expected = [.. samples.Select(sample => running.Run(sample.Inputs))];
    }

    public double Of(Model form) => Compare(form).Noise;

    /// <summary>
    /// The same, and how far class probabilities are from the original's: what scores have in common moves no answer, and often is most of their power.
    /// </summary>
    public double WithClassesOf(Model form)
    {
        var (noise, divergence) = Compare(form);
        return noise + divergence;
    }

    private (double Noise, double Divergence) Compare(Model form)
    {
        using var running = NetworkPart.Of(form, _names);
        var (meter, divergence) = (new FidelityMeter(), new ClassDivergence());
        for (var i = 0; i < _samples.Count; i++)
        {
            var actual = running.Run(_samples[i].Inputs);
            meter.Add(_expected[i], actual);
            foreach (var name in _classes.Where(_expected[i].ContainsKey))
                divergence.Add(_expected[i][name], actual[name]);
        }

        return (meter.Result().Outputs.Sum(output => output.SqnrDb is { } sqnr ? Math.Pow(10, -sqnr / 10) : 0), divergence.Mean);
    }

    /// <summary>What the last operators make scores of.</summary>
    private static Value Scores(Value output) => TailOf(output).LastOrDefault()?.Inputs[0] ?? output;

    /// <summary>The operators at the end that make an output of scores, the last one first.</summary>
    private static IEnumerable<Node> TailOf(Value output)
    {
        while (output.Producer is { Domain: "", OpType: "Softmax" or "LogSoftmax" or "Sigmoid" or "Reshape" or "Flatten" or "Squeeze" or "Identity" or "Dropout" } last &&
            last.Inputs[0] is { Producer: not null } before)
        {
            yield return last;
            output = before;
        }
    }
}
