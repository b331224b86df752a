using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>DequantizeLinear → Conv, Add, Concat … → QuantizeLinear  =>  QLinearConv, QLinearAdd, QLinearConcat …</summary>
/// <remarks>
/// ONNX Runtime makes the same of Q/DQ at load, by default. Written out, it holds whatever session options the app uses, needs no work at load,
/// leaves nothing to be fused by chance (a Conv that was meant to stay in float, say), and can be given a layout. Operators that it leaves in Q/DQ
/// form are those that have no such operator here; they are fused at load as before.
/// </remarks>
/// <param name="quantization">The pass that wrote the Q/DQ: what it made integer is rewritten, and what came quantized beside it, to the same integers; never a model in which it had nothing to do.</param>
public sealed class WriteIntegerOperators(QuantizeStatically quantization) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        foreach (var node in graph.Nodes.Where(quantization.Integer.Contains).ToArray())
            Rewrite(node, context);
    }

    private static void Rewrite(Node node, PassContext context)
    {
        var outputs = node.Outputs.OfType<Value>().ToArray();
        var activation = Array.TrueForAll(outputs, output => QuantizedOperand.Of(output) is null) ? QuantizationPlacement.AbsorbableActivation(node) : null; // of a layer that came so
        var results = outputs.Select(output => QuantizedOperand.Of(activation?.Output ?? output)).ToArray();
        if (FormOf(node, results) is not { } form)
        {
            context.Decline(node, "it has no operator on integers that stands for it with its Q/DQ");
            return;
        }

        var edit = new GraphEdit(node.Graph, $"write {node} as {form.OpType}");
        if (form.Domain.Length > 0 && !node.Graph.Model.Opsets.ContainsKey(form.Domain))
            edit.SetOpset(form.Domain, 1);
        foreach (var output in outputs.Where((_, i) => results[i] is not null))
            edit.Remove((activation?.Output ?? output).Uses[0].Node);
        if (activation is not null && results is [not null])
            edit.Remove(activation);
        edit.Remove(node);
        edit.AddNode(form.OpType, form.Inputs, [.. outputs.Select((output, i) => results[i]?.Integers ?? output)], form.Attributes, form.Domain);
        context.Apply(edit);
    }

    private static IntegerForm? FormOf(Node node, QuantizedOperand?[] results)
    {
        if (IntegerOperators.RoleOf(node) == IntegerRole.PassThrough)
            return Array.TrueForAll(results, result => result is not null) ? IntegerForm.OfPassThrough(node, results!) : null;
        return results is [var result] ? IntegerForm.Of(node, result) : null;
    }
}
