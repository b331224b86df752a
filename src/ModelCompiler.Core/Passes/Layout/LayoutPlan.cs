using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Layout;

/// <summary>Finds the nodes of a graph that are to work in NHWC.</summary>
/// <remarks>
/// Those that want it, those with a kernel for it behind them, and everything between two of these that can follow. What could follow but leads
/// to nobody who wants it stays in NCHW: the border then lies where bytes still are integers, a quarter of the floats.
/// </remarks>
internal static class LayoutPlan
{
    public static IReadOnlySet<Node> Of(Graph graph, InferredTypes types)
    {
        var roles = graph.Nodes.Select(node => (Node: node, Role: ChannelsLastOperators.RoleOf(node, types))).Where(entry => entry.Role != LayoutRole.None).ToArray();
        var planned = new HashSet<Node>();
        foreach (var (node, role) in roles)
        {
            if (role == LayoutRole.Wants || ChannelsLastOperators.DataInputs(node).Any(index => node.Inputs[index]!.Producer is { } producer && planned.Contains(producer)))
                planned.Add(node);
        }

        foreach (var (node, role) in roles.Reverse())
        {
            if (role == LayoutRole.Follows && !node.Outputs.OfType<Value>().SelectMany(output => output.Consumers).Any(planned.Contains))
                planned.Remove(node);
        }

        return planned;
    }
}
