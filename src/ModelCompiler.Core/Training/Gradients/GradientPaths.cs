using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients.Rules;

namespace ModelCompiler.Training.Gradients;

/// <summary>A node through which no gradient passes, so that what lies in front of it is frozen.</summary>
/// <param name="Node">It.</param>
/// <param name="Reason">For people, continuing "since …".</param>
internal sealed record GradientObstacle(Node Node, string Reason);

/// <summary>
/// Where gradients can go in a graph, from a few of its values back to its weights. A value has a gradient where every way from it to them passes through
/// operators with a rule; where one way does not, the sum of the others would be wrong, and there is none. Of integers, those of a QuantizeLinear have one.
/// </summary>
/// <param name="Open">The values that a gradient reaches.</param>
/// <param name="Obstacles">The operators that stop it, in the graph's order.</param>
internal sealed record GradientPaths(IReadOnlySet<Value> Open, IReadOnlyList<GradientObstacle> Obstacles)
{
    /// <param name="graph">Is read.</param>
    /// <param name="types">Of all its values.</param>
    /// <param name="ends">The values that the loss is made of.</param>
    public static GradientPaths Of(Graph graph, InferredTypes types, IEnumerable<Value> ends)
    {
        var open = ends.ToHashSet();
        var closed = new HashSet<Value>();
        var obstacles = new List<GradientObstacle>();
        foreach (var node in graph.Nodes.Reverse())
        {
            var outputs = node.Outputs.OfType<Value>().Where(HasGradient).ToArray();
            var isClosed = outputs.Any(closed.Contains);
            if (!isClosed && !outputs.Any(open.Contains) && !Quantizers.LosesTrack(node))
                continue; // the loss does not depend on it, or only through integers, which have no gradient
            var reads = node.Inputs.Concat(node.Captures).OfType<Value>().Where(HasGradient).ToArray();
            if (!isClosed && reads.Length > 0 && ReasonAgainst(node) is { } reason)
            {
                obstacles.Add(new(node, reason));
                isClosed = true;
            }

            (isClosed ? closed : open).UnionWith(reads);
        }

        obstacles.Reverse();
        open.ExceptWith(closed);
        return new(open, obstacles);

        bool HasGradient(Value value) => IsFloat(value) || value.Producer?.Is("QuantizeLinear") == true;

        bool IsFloat(Value value) => types.ElementOf(value) is ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 or ElementType.Float64;

        string? ReasonAgainst(Node node) =>
            node.Inputs.Concat(node.Outputs).OfType<Value>().Any(value => types.ShapeOf(value)?.IsFixed != true) ? "the sizes of what it reads or makes are not known" :
            node.Inputs.Concat(node.Outputs).OfType<Value>().Any(value => IsFloat(value) && types.ElementOf(value) != ElementType.Float32) ? "it does not compute in float32" :
            GradientRule.RefusalOf(new NodeShapes(node, types));
    }
}
