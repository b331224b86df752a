using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Conv, ConvTranspose, Gemm or MatMul → Mul, Add, Sub or Div by a constant a channel  =>  the layer with folded weights and bias.</summary>
/// <remarks>W' = W·s; B' = B·s + t, computed in double.</remarks>
public sealed class FoldMulAdd : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        // Before opset 7 broadcasting followed other rules.
        if (graph.Model.Opset < 7)
            return;
        var types = ShapeInference.Run(graph.Model);
        foreach (var node in graph.NodesOf("Mul", "Add", "Sub", "Div"))
        {
            if (Operands(node) is var (value, constant) && LinearLayer.Before(node, value, types, context) is { } layer)
                TryFold(node, layer, constant, context);
        }
    }

    /// <summary>The computed and the constant operand. A constant cannot be divided by the layer's output.</summary>
    private static (Value Value, Tensor Constant)? Operands(Node node)
    {
        if (node.Input(0) is not { } a || node.Input(1) is not { } b)
            return null;
        if (b.Constant is { Type: ElementType.Float32 } second)
            return (a, second);
        return a.Constant is { Type: ElementType.Float32 } first && !node.Is("Div") ? (b, first) : null;
    }

    private static void TryFold(Node node, LinearLayer layer, Tensor constant, PassContext context)
    {
        if (PerChannel(constant, layer) is not { } channel)
        {
            context.Decline(node, $"its constant is not one number a channel of {layer.Node}");
            return;
        }

        var (scale, shift) = node.OpType switch
        {
            "Mul" => (channel, Fill(0, channel)),
            "Div" => (Array.ConvertAll(channel, value => 1 / value), Fill(0, channel)),
            "Add" => (Fill(1, channel), channel),
            _ when node.Inputs[1]!.Constant is not null => (Fill(1, channel), Array.ConvertAll(channel, value => -value)),
            _ => (Fill(-1, channel), channel),
        };
        if (!Array.TrueForAll(scale, double.IsFinite) || !Array.TrueForAll(shift, double.IsFinite))
            context.Decline(node, "its constant is not finite");
        else if (layer.TakesShift || Array.TrueForAll(shift, value => value == 0))
            Fold(node, layer, scale, shift, context);
    }

    private static void Fold(Node node, LinearLayer layer, double[] scale, double[] shift, PassContext context)
    {
        var edit = new GraphEdit(node.Graph, $"fold {node} into {layer.Node}");
        layer.Absorb(edit, node, scale, shift);
        context.Apply(edit);
    }

    private static double[] Fill(double value, double[] like) => [.. Enumerable.Repeat(value, like.Length)];

    /// <summary>The constant as one number a channel, where broadcasting gives each channel one number and does not change the shape.</summary>
    private static double[]? PerChannel(Tensor constant, LinearLayer layer)
    {
        if (constant.Rank > layer.Rank)
            return null;
        for (var i = 0; i < constant.Rank; i++)
        {
            var axis = i + layer.Rank - constant.Rank;
            if (constant.Dims[i] != 1 && (axis != layer.ChannelAxis || constant.Dims[i] != layer.Channels))
                return null;
        }

        var values = constant.ToFloats();
        return [.. Enumerable.Range(0, layer.Channels).Select(channel => (double)values[values.Length == 1 ? 0 : channel])];
    }
}
