using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Shapes;
using ModelCompiler.Tests.Passes;

namespace ModelCompiler.Tests.Prune;

/// <summary>A model and a copy of it without some units.</summary>
internal sealed record PrunedModel(Model Original, Model Pruned, IReadOnlySet<int> Units, PassContext Context)
{
    /// <summary>Of the largest number of a value: sums over fewer channels are rounded in another order.</summary>
    private const double Tolerance = 1e-4;

    private const double HalfTolerance = 2e-2;

    /// <summary>Below this there is nothing but rounding: a Sigmoid of large negative numbers.</summary>
    private const float Least = 1e-6f;

    /// <summary>Removes those of the units that can go, in the order given.</summary>
    public static PrunedModel Without(Model original, IEnumerable<int> units)
    {
        var pruned = original.Clone();
        var channels = CoupledChannels.Of(pruned);
        var removable = channels.Removable(units);
        var context = new PassContext();
        channels.Remove(removable, context);
        return new(original, pruned, removable, context);
    }

    /// <summary>The pruned model is sound, keeps its signature, costs what was foretold, and computes what the original does with the channels masked.</summary>
    public PrunedModel IsExact(IReadOnlyDictionary<string, Tensor> inputs, string? name = null)
    {
        GraphVerifier.Verify(Pruned).ShouldBeEmpty(name);
        Pruned.Graph.Inputs.Concat(Pruned.Graph.Outputs).Select(value => value.ToString())
            .ShouldBe(Original.Graph.Inputs.Concat(Original.Graph.Outputs).Select(value => value.ToString()), name);
        DeclaredTypesHold(name);
        CostsWhatWasForetold(name);
        EveryValueIsTheSame(inputs, name);
        return this;
    }

    /// <summary>What stays of every value of the graph, and outputs as a whole.</summary>
    private void EveryValueIsTheSame(IReadOnlyDictionary<string, Tensor> inputs, string? name)
    {
        var channels = CoupledChannels.Of(Original);
        var expected = Values(MaskedTwin.Of(Original, Units), inputs);
        var actual = Values(Pruned, inputs);
        foreach (var value in Original.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>().Where(value => expected.ContainsKey(value.Name)))
        {
            var kept = value.IsGraphOutput ? expected[value.Name] : Kept(expected[value.Name], axis => channels.UnitsOf(value, axis));
            kept.Dims.SequenceEqual(actual[value.Name].Dims).ShouldBeTrue($"{name}: {value} is {actual[value.Name]} in place of {kept}");
            if (kept.Type.IsFloatingPoint())
                Difference(kept.ToFloats(), actual[value.Name].ToFloats()).ShouldBeLessThanOrEqualTo(kept.Type == ElementType.Float16 ? HalfTolerance : Tolerance, $"{name}: {value.Producer} → {value}");
        }
    }

    private static Dictionary<string, Tensor> Values(Model model, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        using var observer = ValueObserver.Of(model, model.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>());
        observer.Observe(inputs, values.Add);
        return values;
    }

    private Tensor Kept(Tensor tensor, Func<int, int[]?> unitsOf)
    {
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            if (unitsOf(axis) is { } units && units.Any(Units.Contains))
                tensor = CutTensor.Keep(tensor, axis, [.. Enumerable.Range(0, units.Length).Where(place => !Units.Contains(units[place]))]);
        }

        return tensor;
    }

    private static double Difference(float[] expected, float[] actual) =>
        OutputComparison.RelativeError([.. expected, Least / (float)Tolerance], [.. actual, Least / (float)Tolerance]);

    private void DeclaredTypesHold(string? name)
    {
        var types = ShapeInference.Run(Pruned);
        foreach (var value in Pruned.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>())
        {
            if (value.Shape is { } declared && types.ShapeOf(value) is { } inferred)
                declared.Zip(inferred).All(pair => pair.First.Size is null || pair.Second.Size is null || pair.First.Size == pair.Second.Size).ShouldBeTrue($"{name}: {value} is {inferred}");
        }
    }

    private void CostsWhatWasForetold(string? name)
    {
        var macs = CoupledChannels.Of(Original).MacsOf(Original, ModelCost.TypesOfOneSample(Original));
        macs?.Without(Units).ShouldBe(ModelCost.Of(Pruned).Macs!.Value, name);
        macs?.All.ShouldBe(ModelCost.Of(Original).Macs!.Value, name);
    }
}
