using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Slices of x with step s → Concat of channels → Conv with kernel k and stride t  =>  x → Conv with kernel s·k and stride s·t.</summary>
/// <remarks>
/// Slice i holds x[s·u + a_i] and the Conv reads it at u = t·p + q − pad, which is x[s·t·p + (s·q + a_i) − s·pad]: the weight of slice i at q
/// moves to s·q + a_i, and the pads become s·pad. Only where the a_i are each place of the s × s grid exactly once, in any order, so that the new
/// kernel holds the same weights and no other; and where the Slices leave nothing out at the end, which padding would then have to hide.
/// </remarks>
public sealed class FoldFocus : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var types = ShapeInference.Run(graph.Model);
        foreach (var concat in graph.NodesOf("Concat"))
        {
            if (concat.Inputs.Count > 1 && concat.Inputs.All(part => part?.Producer is { } slice && slice.Is("Slice"))
                && concat.Output.Uses is [{ Index: 0, Node: { Domain: "", OpType: "Conv" } conv }]
                && TryFold(concat, conv, types, context) is { } refusal)
                context.Decline(concat, refusal);
        }
    }

    /// <summary>The reason why it is not folded, else null.</summary>
    private static string? TryFold(Node concat, Node conv, InferredTypes types, PassContext context)
    {
        var parts = concat.Inputs.OfType<Value>().ToArray();
        if (concat.Output.IsGraphOutput || conv.Graph != concat.Graph)
            return "it is read outside of its graph";
        if (conv.Input(1) is not { Constant: { Rank: > 2 } weight } || !conv.Inputs[1]!.IsUsedOnlyBy(conv))
            return $"the weight of {conv} is not constant, or shared";
        if (PadsOf(conv, weight.Rank - 2) is not { } pads)
            return $"{conv} is grouped, dilated or chooses its own padding";
        if (NodeInference.Axis(concat.GetInt("axis", 1), weight.Rank) != 1 || weight.Dims[1] % parts.Length != 0)
            return "it does not join channels";
        if (StridedView.SourceOf(parts) is not { } source || (types.ShapeOf(source)?.Rank ?? weight.Rank) != weight.Rank)
            return "its Slices are not of one image";
        var views = Array.ConvertAll(parts, part => StridedView.Of(part, source, weight.Rank, types));
        if (!views.All(view => view is not null && TakesAllChannels(view, source, types)))
            return "its Slices have bounds that are not known, go backwards, or take a part of the channels";
        if (PixelGrid.Of([.. views.Select(view => view!.Axes.Skip(2).ToArray())], types.ShapeOf(source)) is not { } grid)
            return "its Slices do not take each place of a grid once, up to the end";
        Fold(concat, conv, source, grid, pads, context);
        return null;
    }

    private static void Fold(Node concat, Node conv, Value source, PixelGrid grid, long[] pads, PassContext context)
    {
        var kernel = grid.Gather(conv.Inputs[1]!.Constant!);
        var steps = grid.Steps;
        var strides = conv.GetInts("strides") ?? [.. steps.Select(_ => 1L)];
        var edit = new GraphEdit(concat.Graph, $"fold {concat} into {conv}");
        edit.SetInput(conv, 0, source);
        edit.SetInput(conv, 1, edit.AddInitializer(conv.Inputs[1]!.Name, kernel));
        edit.SetAttribute(conv, "kernel_shape", kernel.Dims[2..].ToArray());
        edit.SetAttribute(conv, "strides", strides.Zip(steps, (stride, step) => stride * step).ToArray());
        edit.SetAttribute(conv, "pads", pads.Select((pad, i) => pad * steps[i % steps.Count]).ToArray());
        edit.RemoveAttribute(conv, "auto_pad");
        edit.Remove(concat);
        context.Apply(edit);
    }

    /// <summary>The pads of a Conv whose weights each meet one place of the input, or null.</summary>
    private static long[]? PadsOf(Node conv, int axes)
    {
        if (conv.GetInt("group", 1) != 1 || (conv.GetInts("dilations")?.Any(dilation => dilation != 1) ?? false) || (conv.GetInts("strides")?.Count ?? axes) != axes)
            return null;
        return conv.GetString("auto_pad", "NOTSET") switch
        {
            "NOTSET" when conv.GetInts("pads") is { } pads => pads.Count == axes * 2 ? [.. pads] : null,
            "NOTSET" or "VALID" => new long[axes * 2],
            _ => null,
        };
    }

    private static bool TakesAllChannels(StridedView view, Value source, InferredTypes types) =>
        view.Axes.Take(2).Select((axis, i) => axis == AxisView.Whole(types.ShapeOf(source)?[i].Size)).All(whole => whole);
}
