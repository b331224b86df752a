using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation.Robustness;

/// <summary>How good two models are under one condition, over all images and for each alone.</summary>
/// <param name="newMetric">Judges by labels or boxes.</param>
internal sealed class ConditionMeter(Func<IOutputMetric> newMetric)
{
    private readonly IOutputMetric _all = newMetric();
    private readonly List<double> _differences = [];

    /// <summary>For each image, the original's figure on it minus the compiled model's; 0 for one that cannot be judged.</summary>
    public IReadOnlyList<double> Differences => _differences;

    public void Add(Sample sample, IReadOnlyDictionary<string, Tensor> compiled)
    {
        var one = newMetric();
        one.Add(sample, sample.ExpectedOutputs, compiled);
        _all.Add(sample, sample.ExpectedOutputs, compiled);
        _differences.Add(one.Result()?.Drop ?? 0);
    }

    /// <summary>Null where no image could be judged.</summary>
    public Accuracy? Result() => _all.Result();
}
