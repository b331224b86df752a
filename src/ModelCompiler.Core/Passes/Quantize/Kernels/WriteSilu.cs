using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>x = DequantizeLinear(…), Mul(x, Sigmoid(x))  =>  QuickGelu(x): SiLU at the border of integers.</summary>
/// <remarks>
/// ONNX Runtime fuses the two by itself where x is made in float. Behind a DequantizeLinear it first gives each of its readers one of their own, and then
/// does not see that both read the same.
/// </remarks>
/// <param name="quantization">The pass that wrote the Q/DQ: a model in which it had nothing to do is left as it came.</param>
public sealed class WriteSilu(QuantizeStatically quantization) : IGraphPass
{
    private const string Microsoft = "com.microsoft";

    public void Run(Graph graph, PassContext context)
    {
        if (quantization.Integer.Count == 0)
            return;
        foreach (var product in graph.NodesOf("Mul"))
        {
            if (GateOf(product) is { } gate && QuantizedOperand.Behind(gate.Inputs[0]) is not null)
                Rewrite(product, gate, context);
        }
    }

    private static void Rewrite(Node product, Node gate, PassContext context)
    {
        var edit = new GraphEdit(product.Graph, $"write {gate} and {product} as QuickGelu");
        if (!product.Graph.Model.Opsets.ContainsKey(Microsoft))
            edit.SetOpset(Microsoft, 1);
        edit.Remove(product);
        edit.Remove(gate);
        edit.AddNode("QuickGelu", [gate.Inputs[0]], [product.Output], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["alpha"] = 1f }, Microsoft);
        context.Apply(edit);
    }

    /// <summary>The Sigmoid of what the other operand is, where nobody else reads it.</summary>
    private static Node? GateOf(Node product)
    {
        foreach (var (gated, other) in new[] { (0, 1), (1, 0) })
        {
            if (product.Input(gated) is { Producer: { } gate } value && gate.Is("Sigmoid") && gate.Graph == product.Graph && value.IsUsedOnlyBy(product)
                && product.Input(other) is { } x && gate.Inputs[0] == x)
                return gate;
        }

        return null;
    }
}
