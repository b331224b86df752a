using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Finds out which operators of a quantized model ONNX Runtime really runs in integers.</summary>
/// <remarks>
/// A fused operator makes integers, so that the floats which the file's operator made are gone from the graph that is run; floats that are still there,
/// and made by an operator on floats, tell that the fusion did not happen.
/// </remarks>
/// <param name="executed">The graph that ONNX Runtime made of the file.</param>
internal sealed class ExecutedKernels(Model executed)
{
    private static readonly HashSet<string> IntegerKernels = new(StringComparer.Ordinal)
    {
        "ConvInteger", "DynamicQuantizeMatMul", "MatMulInteger", "MatMulIntegerToFloat", "MatMulNBits", "NhwcMaxPool", "QAttention", "QGemm",
    };

    private readonly Dictionary<string, Node> _makers = executed.Graph.SelfAndNested
        .SelectMany(graph => graph.Nodes)
        .SelectMany(node => node.Outputs.OfType<Value>().Select(output => (output.Name, node)))
        .DistinctBy(made => made.Name, StringComparer.Ordinal)
        .ToDictionary(made => made.Name, made => made.node, StringComparer.Ordinal);

    /// <summary>What was written with its claims put right.</summary>
    /// <param name="written">The model in the file.</param>
    /// <param name="claimed">What the passes made integer.</param>
    public QuantizationSummary Confirm(Model written, QuantizationSummary claimed)
    {
        var lost = written.Graph.SelfAndNested.SelectMany(graph => graph.Nodes)
            .Where(QuantizedOperand.AreAround)
            .Select(node => (Node: node, Kernel: FloatKernelOf(node)))
            .Where(found => found.Kernel is not null)
            .Select(found => new KeptNode(found.Node.ToString(), $"ONNX Runtime did not fuse it: it runs {found.Kernel!.OpType} on floats"))
            .ToArray();
        return claimed with { Integer = claimed.Integer - lost.Length, Kept = [.. claimed.Kept, .. lost] };
    }

    /// <summary>What makes the floats of a node, where they are still made from floats.</summary>
    private Node? FloatKernelOf(Node node)
    {
        var maker = _makers.GetValueOrDefault(node.Output.Name);
        while (maker is { OpType: "ReorderOutput" or "Transpose" } && maker.Input(0)?.Producer is { } before)
            maker = before;
        return maker is null || IsIntegerKernel(maker) ? null : maker;
    }

    private static bool IsIntegerKernel(Node node) =>
        IntegerKernels.Contains(node.OpType) || node.OpType.StartsWith("QLinear", StringComparison.Ordinal) || node.Is("DequantizeLinear");
}
