using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Conv, ConvTranspose, Gemm or MatMul → BatchNormalization  =>  the layer with folded weights and bias.</summary>
/// <remarks>W' = W·s; B' = (B − mean)·s + beta; s = gamma / sqrt(var + epsilon), computed in double. In training mode nothing is folded.</remarks>
public sealed class FoldBatchNorm : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var types = ShapeInference.Run(graph.Model);
        foreach (var norm in graph.NodesOf("BatchNormalization"))
            TryFold(norm, types, context);
    }

    private static void TryFold(Node norm, InferredTypes types, PassContext context)
    {
        if (norm.Input(0) is not { } normalized || LinearLayer.Before(norm, normalized, types, context) is not { } layer)
            return;
        if (Trains(norm))
        {
            context.Decline(norm, "it is in training mode");
            return;
        }

        if (layer.ChannelAxis != 1 || ScaleAndShift(norm, layer.Channels) is not var (scale, shift))
        {
            context.Decline(norm, $"its parameters are not constant float32, not finite, or not one for each channel of {layer.Node}");
            return;
        }

        if (!layer.TakesShift)
            return;
        var edit = new GraphEdit(norm.Graph, $"fold {norm} into {layer.Node}");
        layer.Absorb(edit, norm, scale, shift);
        context.Apply(edit);
    }

    /// <summary>Training is an attribute from opset 14 on, more than one output from 7 on, and the default before that.</summary>
    private static bool Trains(Node norm)
    {
        var opset = norm.Graph.Model.Opset;
        return norm.GetInt("training_mode", 0) != 0
            || norm.Outputs.Skip(1).Any(output => output is not null)
            || (opset < 7 && norm.GetInt("is_test", 0) == 0)
            || (opset < 9 && norm.GetInt("spatial", 1) == 0);
    }

    private static (double[] Scale, double[] Shift)? ScaleAndShift(Node norm, int channels)
    {
        var parameters = Enumerable.Range(1, 4).Select(i => norm.Input(i)?.Constant).ToArray();
        if (!Array.TrueForAll(parameters, tensor => tensor is { Type: ElementType.Float32 } && tensor.Count == channels))
            return null;
        var (gamma, beta, mean, variance) = (parameters[0]!.ToFloats(), parameters[1]!.ToFloats(), parameters[2]!.ToFloats(), parameters[3]!.ToFloats());
        var epsilon = norm.GetFloat("epsilon", 1e-5f);
        var scale = new double[channels];
        var shift = new double[channels];
        for (var i = 0; i < channels; i++)
        {
            scale[i] = gamma[i] / Math.Sqrt((double)variance[i] + epsilon);
            shift[i] = beta[i] - (mean[i] * scale[i]);
        }

        return Array.TrueForAll(scale, double.IsFinite) && Array.TrueForAll(shift, double.IsFinite) ? (scale, shift) : null;
    }
}
