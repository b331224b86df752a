using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Execution;

/// <summary>A value whose numbers lie one behind the other in what a Concat makes of it: where both are looked at, only the Concat's has to be handed out.</summary>
/// <param name="Name">The value.</param>
/// <param name="Whole">The output of the Concat.</param>
/// <param name="First">The place of the value's first element there.</param>
/// <param name="Dims">Of the value.</param>
internal sealed record ConcatPart(string Name, string Whole, long First, long[] Dims)
{
    /// <summary>Those of the given values, each once, whose whole is among them and is no part itself. Their shapes are known for certain.</summary>
    /// <param name="model">Left as it is.</param>
    /// <param name="wanted">Names of values of its outer graph.</param>
    public static IReadOnlyList<ConcatPart> Of(Model model, IReadOnlySet<string> wanted)
    {
        var types = ShapeInference.Run(model);
        var concats = model.Graph.Nodes.Where(node => node.Is("Concat") && wanted.Contains(node.Output.Name));
        return [.. concats.SelectMany(concat => In(concat, types)).Where(part => wanted.Contains(part.Name)).DistinctBy(part => part.Name, StringComparer.Ordinal)];
    }

    /// <summary>The value, as a view of the whole.</summary>
    public Tensor In(Tensor whole)
    {
        var bytes = whole.Type.BitWidth() / 8;
        var count = Dims.Aggregate(1L, (product, dim) => product * dim);
        return new Tensor(whole.Type, Dims, new TensorDataPart(whole.Data, checked((int)First * bytes), checked((int)count * bytes)));
    }

    /// <summary>None where the axis is not the first of more than one element, so that parts alternate, or where a size is not known.</summary>
    private static IEnumerable<ConcatPart> In(Node concat, InferredTypes types)
    {
        if (types.TypeOf(concat.Output) is not { Shape: { } whole, Element: var element } || element.BitWidth() % 8 != 0 || element.BitWidth() == 0)
            yield break;
        var axis = (int)concat.GetInt("axis", 1);
        var first = 0L;
        foreach (var input in concat.Inputs)
        {
            if (input is null || types.ShapeOf(input)?.Sizes is not { } dims || dims.Take(axis < 0 ? axis + whole.Rank : axis).Any(size => size != 1))
                yield break;
            if (input.Producer is { } producer && !producer.Is("Concat"))
                yield return new(input.Name, concat.Output.Name, first, dims);
            first += dims.Aggregate(1L, (product, dim) => product * dim);
        }
    }
}
