using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Computes nodes that depend on nothing but constants by running them in ONNX Runtime, so that no kernel is written twice.</summary>
internal static class ConstantEvaluator
{
    private const long OldestIrVersion = 8;

    /// <summary>What the nodes' outputs are, for those that are read; null where ONNX Runtime cannot run the nodes on their own.</summary>
    public static IReadOnlyDictionary<Value, Tensor>? TryRun(IReadOnlyList<Node> nodes)
    {
        using var model = Extract(nodes, out var outputs);
        try
        {
            using var running = OrtModel.Load(model, ExecutionOptions.AsWritten);
            var results = running.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal));
            return outputs.ToDictionary(output => output.Key, output => results[output.Value.Name]);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    /// <summary>A model of these nodes alone, their constants as initializers.</summary>
    private static Model Extract(IReadOnlyList<Node> nodes, out Dictionary<Value, Value> outputs)
    {
        var source = nodes[0].Graph.Model;
        var builder = new GraphBuilder(source.Opset, "constants", Math.Max(source.IrVersion, OldestIrVersion));
        foreach (var (domain, version) in source.Opsets)
            builder.Opset(domain, version);

        var copies = new Dictionary<Value, Value>();
        foreach (var node in nodes)
        {
            var inputs = node.Inputs.Select(input => input is null ? null : Copy(input)).ToArray();
            var made = builder.Nodes(node.OpType, inputs, node.Outputs.Count, node.Attributes, node.Domain);
            for (var i = 0; i < node.Outputs.Count; i++)
            {
                if (node.Outputs[i] is { } output)
                    copies[output] = made[i];
            }
        }

        outputs = nodes.SelectMany(node => node.Outputs).OfType<Value>().Where(output => output.IsUsed).ToDictionary(output => output, output => copies[output]);
        foreach (var copy in outputs.Values)
            builder.Output(copy);
        return builder.Model;

        Value Copy(Value input)
        {
            if (!copies.TryGetValue(input, out var copy))
                copies[input] = copy = builder.Initializer(input.Name, input.Constant!);
            return copy;
        }
    }
}
