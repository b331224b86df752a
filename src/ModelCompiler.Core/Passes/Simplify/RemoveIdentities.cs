using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>x → Identity, Dropout, or a Cast, Reshape, Transpose, Slice… that changes nothing → y  =>  x.</summary>
public sealed class RemoveIdentities : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var types = ShapeInference.Run(graph.Model);
        foreach (var node in graph.Nodes.ToArray())
        {
            if (IdentityRules.EqualInput(node, types) is not { } equal)
                continue;
            if (!Bypass.TryApply(node, equal, $"remove {node}, which changes nothing", context))
                context.Decline(node, "the graph's output needs it, or its second output is read");
        }
    }
}
