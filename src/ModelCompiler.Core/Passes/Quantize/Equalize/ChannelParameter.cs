using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A constant that a node reads and whose elements belong to channels: the weight or the bias of a layer, the scale of a normalization.</summary>
/// <param name="Node">The reader of the constant.</param>
/// <param name="Input">Which of its inputs.</param>
/// <param name="Axis">Of the constant, on which the channels lie.</param>
internal sealed record ChannelParameter(Node Node, int Input, int Axis)
{
    /// <summary>Null where the constant, broadcast over a value, has not a number of its own for each channel.</summary>
    /// <param name="node">The reader.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="made">The channels of the value.</param>
    public static ChannelParameter? Broadcast(Node node, int input, ChannelAxis made)
    {
        if (node.Input(input)?.Constant is not { Type: ElementType.Float32 } tensor || tensor.Rank > made.Rank)
            return null;
        var axis = made.Axis - (made.Rank - tensor.Rank);
        return axis >= 0 && tensor.Dims[axis] == made.Count ? new(node, input, axis) : null;
    }

    /// <summary>The node reads the constant with each channel multiplied by a factor.</summary>
    public void Scale(ReadOnlySpan<double> factors, GraphEdit edit)
    {
        var tensor = Node.Inputs[Input]!.Constant!;
        var layout = ChannelLayout.Of(tensor.Dims, Axis);
        var scaled = tensor.ToFloats();
        for (var i = 0; i < scaled.Length; i++)
            scaled[i] = (float)(scaled[i] * factors[i / layout.Inner % layout.Channels]);
        Replace(Node, Input, scaled, edit);
    }

    /// <summary>The node reads other numbers of the same shape. The old constant stays where others read it.</summary>
    public static void Replace(Node node, int input, float[] numbers, GraphEdit edit)
    {
        var old = node.Inputs[input]!;
        var tensor = Tensor.Of(numbers, old.Constant!.Dims);
        edit.SetInput(node, input, edit.AddInitializer(old.Name, new(tensor.Type, tensor.Dims, tensor.Data) { ExternalFile = old.Constant.ExternalFile }));
        if (old.Uses.Count == 1 && old is { IsGraphOutput: false, IsGraphInput: false, Producer: null } && old.Graph == node.Graph)
            edit.RemoveInitializer(old);
    }
}
