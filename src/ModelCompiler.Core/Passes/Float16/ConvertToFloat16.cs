using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>x → Conv → Relu → y  =>  x → Cast(float16) → Conv → Relu → Cast(float32) → y: weights and arithmetic in float16.</summary>
/// <remarks>
/// For execution providers that compute in float16; ONNX Runtime's CPU has few kernels for it and puts Casts around the other operators. The model's inputs and outputs
/// keep their types, and so do operators that float16 is too coarse for, nodes whose numbers get too large on samples, and nested graphs.
/// </remarks>
/// <param name="calibration">Shows how large values get; null takes them for small.</param>
public sealed class ConvertToFloat16(ICalibration? calibration) : IGraphPass
{
    /// <exception cref="DiagnosticException">MC4004: no operator of the model can be float16.</exception>
    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        var placement = Float16Placement.Of(graph, calibration, context);
        if (!placement.Nodes.Any())
            throw new DiagnosticException(DiagnosticRules.NothingForPrecision.Create(null, "fp16", "operator, outside of If, Loop and Scan, on float32 numbers that float16 is fine enough for"));
        context.Apply(Edit(graph, placement));
    }

    private static GraphEdit Edit(Graph graph, Float16Placement placement)
    {
        var nodes = placement.Nodes.ToArray();
        var halves = new Float16Values(placement);
        var (weights, raised) = halves.CountWeights();
        var note = raised > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({raised} numbers raised to the least float16)") : "";
        var edit = new GraphEdit(graph, string.Create(CultureInfo.InvariantCulture, $"compute {nodes.Length} of {graph.Nodes.Count} nodes and store {weights} weights in float16{note}"));
        foreach (var node in nodes)
            Convert(node, halves, placement, edit);
        foreach (var value in nodes.SelectMany(node => node.Outputs).OfType<Value>().Where(placement.IsFloat))
            halves.WidenForOthers(value, edit);
        return edit;
    }

    private static void Convert(Node node, Float16Values halves, Float16Placement placement, GraphEdit edit)
    {
        var inputs = node.Inputs.Select(input => input is not null && placement.IsFloat(input) ? halves.Of(input, edit) : input).ToArray();
        var outputs = node.Outputs.Select(output => output is not null && placement.IsFloat(output) ? halves.Made(output, edit) : output).ToArray();
        edit.Remove(node);
        edit.AddNode(node.OpType, inputs, outputs, node.Attributes);
    }
}
