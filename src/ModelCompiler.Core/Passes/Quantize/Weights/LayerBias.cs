using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The place where a layer adds one constant to each output channel: its own bias input, or an Add that alone reads a MatMul.</summary>
internal sealed record LayerBias(Node Node, int Input, Tensor Old)
{
    /// <summary>
    /// Null where the layer adds nothing, or something else than one constant for each channel. Where nothing was added, nothing is from now on: such a layer
    /// answers silence with silence, which a correction for the mean of loud samples would end.
    /// </summary>
    public static LayerBias? Of(SummedWeight layer)
    {
        var node = layer.Node;
        if (node.Is("MatMul"))
            return OfAdd(layer);
        return node.Input(2) is { } bias && IsPerChannel(bias, layer.Outputs) ? new(node, 2, bias.Constant!) : null;
    }

    /// <summary>A new constant: the old one plus <paramref name="correction"/>. The old one may be shared and stays.</summary>
    public void Correct(double[] correction, GraphEdit edit)
    {
        var corrected = Old.Span<float>().ToArray();
        for (var i = 0; i < corrected.Length; i++)
            corrected[i] = (float)(corrected[i] + correction[i]);
        edit.SetInput(Node, Input, edit.AddInitializer(Node.Input(Input)!.Name, Tensor.Of(corrected, Old.Dims)));
    }

    private static LayerBias? OfAdd(SummedWeight layer)
    {
        if (layer.Node.Output is not { IsGraphOutput: false, Uses: [{ Node: var add, Index: var index }] } || !add.Is("Add") || add.Inputs.Count != 2)
            return null;
        var other = 1 - index;
        return add.Inputs[other] is { } bias && IsPerChannel(bias, layer.Outputs) ? new(add, other, bias.Constant!) : null;
    }

    private static bool IsPerChannel(Value bias, int channels) =>
        bias.Constant is { Type: ElementType.Float32, Rank: > 0 } tensor && tensor.Count == channels && tensor.Dims[^1] == channels;
}
