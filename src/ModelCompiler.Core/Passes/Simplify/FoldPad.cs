using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Pad with a constant → Conv, AveragePool or MaxPool  =>  the same operator with larger pads.</summary>
/// <remarks>
/// Only spatial axes, only positive pads. Conv pads with 0. AveragePool then has to count its padding, which it can only do for all of it.
/// MaxPool ignores its padding, which is the same where the Pad's value is below every float.
/// </remarks>
public sealed class FoldPad : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var types = ShapeInference.Run(graph.Model);
        foreach (var pad in graph.NodesOf("Pad"))
        {
            if (pad.Output.Uses is not [{ Index: 0, Node: { Domain: "", OpType: "Conv" or "AveragePool" or "MaxPool" } reader }] || pad.Output.IsGraphOutput)
                continue;
            var refusal = pad.Input(0) is null ? "it has no input" : reader.Graph != graph ? "its reader is in a nested graph" : TryFold(pad, reader, types, context);
            if (refusal is not null)
                context.Decline(pad, refusal);
        }
    }

    /// <summary>The reason why it is not folded, else null.</summary>
    private static string? TryFold(Node pad, Node reader, InferredTypes types, PassContext context)
    {
        if (ConstantPads(pad, types) is not { } amounts)
            return "it does not pad only spatial axes by constant, positive amounts";
        if (ConstantValue(pad) is not { } value)
            return "it does not pad with a known constant";
        var window = SpatialWindowOf(reader);
        if (window is null || window.Length != amounts.Length)
            return $"{reader} chooses its own padding";
        var sum = window.Zip(amounts, (a, b) => a + b).ToArray();
        var refusal = reader.OpType switch
        {
            "Conv" => value == 0 ? null : "Conv pads with 0 only",
            "AveragePool" => RefusalOfAverage(reader, window, sum, value),
            _ => RefusalOfMax(reader, sum, value),
        };
        if (refusal is null)
            Fold(pad, reader, sum, context);
        return refusal;
    }

    private static void Fold(Node pad, Node reader, long[] pads, PassContext context)
    {
        var edit = new GraphEdit(pad.Graph, $"fold {pad} into {reader}");
        edit.SetInput(reader, 0, pad.Inputs[0]);
        edit.SetAttribute(reader, "pads", pads);
        edit.RemoveAttribute(reader, "auto_pad");
        if (reader.Is("AveragePool"))
            edit.SetAttribute(reader, "count_include_pad", 1L);
        edit.Remove(pad);
        context.Apply(edit);
    }

    /// <summary>Pads of the spatial axes, all begins before all ends.</summary>
    private static long[]? ConstantPads(Node pad, InferredTypes types)
    {
        var inference = new NodeInference(pad, types);
        if (!inference.TryLongs("pads", 1, out var pads) || pads is null || pad.Input(3) is not null)
            return null;
        var rank = pads.Count / 2;
        if (rank < 3 || pads.Any(amount => amount < 0) || pads[0] != 0 || pads[1] != 0 || pads[rank] != 0 || pads[rank + 1] != 0)
            return null;
        return [.. pads.Skip(2).Take(rank - 2), .. pads.Skip(rank + 2)];
    }

    private static float? ConstantValue(Node pad)
    {
        if (pad.GetString("mode", "constant") != "constant")
            return null;
        if (pad.Input(2) is not { } value)
            return pad.GetFloat("value", 0);
        return value.Constant is { Type: ElementType.Float32, Count: 1 } constant ? constant.Span<float>()[0] : null;
    }

    /// <summary>The pads that a Conv or pool has, or null where it computes them from the input's size.</summary>
    private static long[]? SpatialWindowOf(Node reader)
    {
        var axes = reader.GetInts("kernel_shape")?.Count ?? (reader.Is("Conv") && reader.Input(1)?.Constant is { Rank: > 2 } weight ? weight.Rank - 2 : 0);
        return reader.GetString("auto_pad", "NOTSET") switch
        {
            "NOTSET" when axes > 0 => [.. reader.GetInts("pads") ?? new long[axes * 2]],
            "VALID" when axes > 0 => new long[axes * 2],
            _ => null,
        };
    }

    private static string? RefusalOfAverage(Node pool, long[] own, long[] sum, float value)
    {
        if (value != 0)
            return "AveragePool pads with 0 only";
        if (pool.Graph.Model.Opset < 7 || pool.GetInt("ceil_mode", 0) != 0)
            return "the pool may reach behind its padding";
        if (Array.Exists(own, amount => amount != 0) && pool.GetInt("count_include_pad", 0) == 0)
            return "the pool does not count its own padding";
        return RefusalOfSize(pool, sum);
    }

    private static string? RefusalOfMax(Node pool, long[] sum, float value)
    {
        if (value > float.MinValue)
            return "MaxPool ignores its padding, but the Pad's value could be the largest";
        if (pool.GetInt("ceil_mode", 0) != 0 || pool.Outputs.Count > 1 || (pool.GetInts("dilations")?.Any(step => step != 1) ?? false))
            return "the pool may see nothing but padding, or gives the indices of its maxima";
        return RefusalOfSize(pool, sum);
    }

    /// <summary>ONNX Runtime wants a pool's padding smaller than its kernel.</summary>
    private static string? RefusalOfSize(Node pool, long[] pads)
    {
        var kernel = pool.GetInts("kernel_shape")!;
        return pads.Where((amount, i) => amount >= kernel[i % kernel.Count]).Any() ? "the padding would be larger than the pool's kernel" : null;
    }
}
