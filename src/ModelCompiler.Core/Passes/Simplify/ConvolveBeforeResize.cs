using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Conv1×1(Concat(Resize(a), b))  =>  Add(Conv1×1(b), Resize(Conv1×1(a))): the necks of detectors, with fewer multiplications.</summary>
/// <remarks>
/// A Conv without a neighbourhood is a sum over channels at one place, and a nearest Resize copies places: the channels of a can be summed up before they
/// are copied, at a quarter of the places where sizes double. Takes two to four nodes more, so that it is no simplification; and one rounding
/// more for integers. Only where the Concat goes with it and no more channels are resized than before.
/// </remarks>
public sealed class ConvolveBeforeResize : IGraphPass
{
    /// <summary>Before, scales were the second input.</summary>
    private const long InputsAsToday = 11;

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Model.Opset < InputsAsToday)
            return;
        var types = ShapeInference.Run(graph.Model);
        foreach (var resize in graph.NodesOf("Resize"))
        {
            if (resize.Output is not { IsGraphOutput: false, Uses: [{ Node: var concat }] } || !concat.Is("Concat") || concat.Graph != graph)
                continue;
            if (ReasonToDecline(resize, concat, types) is { } reason)
                context.Decline(resize, reason);
            else
                Rewrite(resize, concat, (int)types.ShapeOf(resize.Inputs[0]!)![1].Size!.Value, context);
        }
    }

    private static string? ReasonToDecline(Node resize, Node concat, InferredTypes types)
    {
        if (types.ShapeOf(resize.Inputs[0]!) is not { Rank: > 2 } shape || shape[1].Size is not { } channels)
            return "the number of its channels is not known";
        if (!CopiesPlaces(resize, channels))
            return "it does not copy places to more places, or its scales are computed";
        if (concat.Inputs.Count != 2 || concat.Output.IsGraphOutput || NodeInference.Axis(concat.GetInt("axis", 1), shape.Rank) != 1)
            return $"{concat} does not join two values along their channels, or is read otherwise";
        var convs = concat.Output.Uses;
        if (!convs.All(use => use.Index == 0 && use.Node.Graph == concat.Graph && IsPointwise(use.Node)))
            return $"{concat} is not read by Convs without a neighbourhood alone";
        return convs.Sum(use => use.Node.Inputs[1]!.Constant!.Dims[0]) > convs[0].Node.Inputs[1]!.Constant!.Dims[1]
            ? "more channels would be resized than before"
            : null;
    }

    private static bool CopiesPlaces(Node resize, long channels)
    {
        if (resize.GetString("mode", "nearest") != "nearest" || resize.Attributes.ContainsKey("axes")
            || resize.GetString("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize")
            return false;
        return resize.Input(3) is { } sizes
            ? sizes.Constant is { Type: ElementType.Int64, Count: > 2 } known && known.ToLongs()[1] == channels
            : resize.Input(2)?.Constant is { Count: > 2 } scales && scales.ToFloats() is [1, 1, .. var spatial] && spatial.All(scale => scale >= 1) && spatial.Any(scale => scale > 1);
    }

    private static bool IsPointwise(Node node) =>
        node.Is("Conv") && node.Inputs[1]!.Constant is { Type: ElementType.Float32, Rank: > 2 } weight && weight.Count == weight.Dims[0] * weight.Dims[1]
        && node.GetInt("group", 1) == 1 && (node.GetInts("strides")?.All(stride => stride == 1) ?? true) && (node.GetInts("pads")?.All(pad => pad == 0) ?? true);

    private static void Rewrite(Node resize, Node concat, int channels, PassContext context)
    {
        var convs = concat.Output.Consumers.ToArray();
        var isFirst = concat.Inputs[0] == resize.Output;
        var other = concat.Inputs[isFirst ? 1 : 0]!;
        var edit = new GraphEdit(concat.Graph, $"convolve what {resize} reads in place of what it makes");
        edit.Remove(concat);
        edit.Remove(resize);
        foreach (var conv in convs)
        {
            var (weight, bias) = (conv.Inputs[1]!.Constant!, conv.Input(2));
            var split = isFirst ? channels : (int)weight.Dims[1] - channels;
            var (first, second) = (Channels(weight, 0, split), Channels(weight, split, (int)weight.Dims[1]));
            var name = conv.Inputs[1]!.Name;
            var small = edit.AddNode("Conv", [resize.Inputs[0], edit.AddInitializer($"{name}_resized", isFirst ? first : second)], conv.Attributes).Output;
            var resized = edit.AddNode("Resize", ResizeInputs(resize, small, weight.Dims[0], edit), resize.Attributes).Output;
            var direct = edit.AddNode("Conv", [other, edit.AddInitializer($"{name}_direct", isFirst ? second : first), .. bias is null ? Array.Empty<Value>() : [bias]], conv.Attributes).Output;
            edit.Remove(conv);
            edit.AddNode("Add", [direct, resized], [conv.Output]);
        }

        context.Apply(edit);
    }

    /// <summary>Sizes hold the number of channels, scales do not.</summary>
    private static IReadOnlyList<Value?> ResizeInputs(Node resize, Value x, long channels, GraphEdit edit)
    {
        if (resize.Input(3) is not { Constant: { } sizes } given)
            return [x, .. resize.Inputs.Skip(1)];
        var changed = sizes.ToLongs();
        changed[1] = channels;
        return [x, resize.Input(1), resize.Input(2), edit.AddInitializer(given.Name, Tensor.Vector<long>(changed))];
    }

    /// <summary>The weights of some input channels of a Conv without a neighbourhood.</summary>
    private static Tensor Channels(Tensor weight, int from, int to)
    {
        var (outputs, inputs) = ((int)weight.Dims[0], (int)weight.Dims[1]);
        var values = new float[outputs * (to - from)];
        for (var i = 0; i < outputs; i++)
            weight.Span<float>()[((i * inputs) + from)..((i * inputs) + to)].CopyTo(values.AsSpan(i * (to - from)));
        return Tensor.Of(values, [outputs, to - from, .. weight.Dims[2..]]);
    }
}
