using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Training.Gradients;

/// <summary>
/// Writes the gradients of a graph behind it, in operators that ONNX Runtime executes: reverse-mode differentiation, from the last operator to the first.
/// </summary>
internal static class Backpropagation
{
    /// <summary>The gradient of a scalar by each of some values, of the value's shape; a value that it does not depend on is absent.</summary>
    /// <param name="builder">Writes behind the graph that is differentiated.</param>
    /// <param name="types">Of all values of the graph.</param>
    /// <param name="seeds">Where differentiation begins: values, each with the gradient of the scalar by it.</param>
    /// <param name="wanted">The values whose gradients are asked for. Every way from them to the seeds is open, as <see cref="GradientPaths"/> tells.</param>
    public static IReadOnlyDictionary<Value, Value> Of(GraphBuilder builder, InferredTypes types, IEnumerable<(Value Value, Value Gradient)> seeds, IReadOnlySet<Value> wanted)
    {
        var nodes = builder.Model.Graph.Nodes.ToArray();
        var needed = Between(nodes, wanted);
        var writer = new GradientWriter(builder);
        var gradients = new GradientSums();
        foreach (var (value, gradient) in seeds)
            gradients.Add(value, gradient);
        foreach (var node in nodes.Reverse())
        {
            if (!node.Inputs.OfType<Value>().Any(needed.Contains))
                continue;
            var differentiated = new GradientNode(node, types, needed, gradients, writer);
            if (Enumerable.Range(0, node.Outputs.Count).Any(output => differentiated.GradientOf(output) is not null))
                RuleOf(node).Differentiate(differentiated);
        }

        return wanted.Select(value => (value, gradients.Of(value, writer))).Where(pair => pair.Item2 is not null).ToDictionary(pair => pair.value, pair => pair.Item2!);
    }

    /// <summary>The wanted values, and all that are made of them.</summary>
    private static HashSet<Value> Between(Node[] nodes, IReadOnlySet<Value> wanted)
    {
        var needed = wanted.ToHashSet();
        foreach (var node in nodes)
        {
            if (node.Inputs.OfType<Value>().Any(needed.Contains))
                needed.UnionWith(node.Outputs.OfType<Value>());
        }

        return needed;
    }

    private static GradientRule RuleOf(Node node) => GradientRules.Find(node) ?? throw new InvalidOperationException($"There is no gradient rule for {node}.");
}
