using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Layout;

/// <summary>QLinearConv(x)  =>  Transpose(QLinearConv with channels_last(Transpose(x))), and no Transpose between two that are NHWC.</summary>
/// <remarks>
/// ONNX Runtime's kernels for integer convolutions work in NHWC. It rewrites graphs so by itself at load, but stops at operators that its rewriting
/// does not know, and pays Transposes there.
/// </remarks>
/// <param name="quantization">The pass that made integers of floats: a model that came quantized keeps its layout.</param>
public sealed class WriteChannelsLast(QuantizeStatically quantization) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        if (quantization.Integer.Count == 0 || graph.Parent is not null)
            return;
        var types = ShapeInference.Run(graph.Model);
        var plan = LayoutPlan.Of(graph, types);
        new ChannelsLastRewrite(graph, types, context).Run(graph.Nodes.Where(plan.Contains).ToArray());
    }
}
