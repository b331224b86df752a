using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Runs the original and the smaller network side by side, and sums up what layers read in the one and are to make as in the other.</summary>
/// <param name="original">The network before pruning, with the same names.</param>
/// <param name="samples">Typical inputs. Read anew each time.</param>
/// <param name="count">How many they are.</param>
internal sealed class StepMoments(Model original, IEnumerable<Sample> samples, int count)
{
    /// <summary>Which output channels of a layer are left, by the name of its output; a layer that is not named has all of them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> KeptOutputs { get; init; } = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);

    /// <summary>Whether what is cut off by a Relu behind a step need not be as in the original.</summary>
    public Predicate<RepairStep> IsRectified { get; init; } = _ => false;

    /// <param name="graph">Of the smaller network.</param>
    /// <param name="steps">Layers that do not read each other.</param>
    /// <param name="positionsPerColumn">Positions for each weight of an output, over all samples.</param>
    public RegressionMoments[] Of(Graph graph, IReadOnlyList<RepairStep> steps, int positionsPerColumn)
    {
        RegressionMoments[] moments = [.. steps.Select(step => new RegressionMoments(step.Layer, Math.Max(1, (positionsPerColumn * InputGram.ColumnsOf(step.Layer) / count) + 1)))];
        using var pruned = NetworkPart.Of(graph.Model, steps.SelectMany(ReadNow).OfType<string>().ToHashSet(StringComparer.Ordinal));
        using var target = NetworkPart.Of(original, steps.Select(step => step.Target).ToHashSet(StringComparer.Ordinal));
        foreach (var sample in samples)
        {
            IReadOnlyDictionary<string, Tensor> now = null!, goals = null!;
            Parallel.Invoke(() => now = pruned.Run(sample.Inputs), () => goals = target.Run(sample.Inputs));
            Parallel.For(0, moments.Length, i => Observe(steps[i], moments[i], now, goals));
        }

        return moments;
    }

    private IEnumerable<string?> ReadNow(RepairStep step) => [step.Input, step.Added?.Name, IsRectified(step) ? step.Target : null];

    private void Observe(RepairStep step, RegressionMoments moments, IReadOnlyDictionary<string, Tensor> now, IReadOnlyDictionary<string, Tensor> goals)
    {
        if (!now.TryGetValue(step.Input, out var input) || !goals.TryGetValue(step.Target, out var goal))
            return;
        var kept = KeptOutputs.GetValueOrDefault(step.Layer.Node.Output.Name) ?? [.. Enumerable.Range(0, step.Layer.Outputs)];
        moments.Observe(input, new RepairTarget(goal, kept, step.Added is { } added ? now[added.Name] : null) { Rectified = IsRectified(step) ? now[step.Target] : null });
    }
}
