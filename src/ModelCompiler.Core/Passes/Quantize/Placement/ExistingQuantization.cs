using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Reads what a model that came quantized holds.</summary>
internal static class ExistingQuantization
{
    private const string Reason = "the model came quantized and is kept exactly";

    public static QuantizationSummary Summarize(Graph graph)
    {
        var nodes = graph.SelfAndNested.SelectMany(part => part.Nodes).ToArray();
        var integer = nodes.Count(node => IsIntegerKernel(node) || QuantizedOperand.AreAround(node));
        var kept = nodes.Where(node => IsFloatKernel(node) && !QuantizedOperand.AreAround(node)).Select(node => new KeptNode(node.ToString(), Reason)).ToArray();
        return new(integer + kept.Length, integer, kept);
    }

    private static bool IsFloatKernel(Node node) => IntegerOperators.RoleOf(node) is IntegerRole.Weighted or IntegerRole.Kernel;

    private static bool IsIntegerKernel(Node node) => IntegerOperators.IsQuantized(node) && !node.OpType.EndsWith("QuantizeLinear", StringComparison.Ordinal) && node.OpType != "DequantizeLinear";
}
