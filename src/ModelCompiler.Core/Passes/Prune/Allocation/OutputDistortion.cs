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
    private readonly IReadOnlyDictionary<string, Tensor>[] _expected;

    public OutputDistortion(Model original, IReadOnlyList<Sample> samples)
    {
        _samples = samples;
        _names = original.Graph.Outputs.Select(Scores).Where(value => value.Initializer is null && !value.IsGraphInput).Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        using var running = NetworkPart.Of(original, _names);
        _expected = [.. samples.Select(sample => running.Run(sample.Inputs))];
    }

    public double Of(Model form)
    {
        using var running = NetworkPart.Of(form, _names);
        var meter = new FidelityMeter();
        for (var i = 0; i < _samples.Count; i++)
            meter.Add(_expected[i], running.Run(_samples[i].Inputs));
        return meter.Result().Outputs.Sum(output => output.SqnrDb is { } sqnr ? Math.Pow(10, -sqnr / 10) : 0);
    }

    /// <summary>What the last operators make scores of.</summary>
    private static Value Scores(Value output)
    {
        while (output.Producer is { Domain: "", OpType: "Softmax" or "LogSoftmax" or "Sigmoid" or "Reshape" or "Flatten" or "Squeeze" or "Identity" or "Dropout" } last &&
            last.Inputs[0] is { Producer: not null } before)
            output = before;
        return output;
    }
}
