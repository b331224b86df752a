using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Nodes and weights that no output depends on  =>  nothing.</summary>
/// <remarks>An initializer that callers may override belongs to the model's interface and stays.</remarks>
public sealed class RemoveDeadNodes : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        // From the end, so that a node is looked at after all its readers.
        foreach (var node in graph.Nodes.Reverse().ToArray())
        {
            if (node.Outputs.Any(output => output is { IsUsed: true }))
                continue;
            var edit = new GraphEdit(graph, $"remove {node}, which nothing reads");
            edit.Remove(node);
            context.Apply(edit);
        }

        foreach (var initializer in graph.Initializers.Where(value => !value.IsUsed && !value.IsGraphInput).ToArray())
        {
            var edit = new GraphEdit(graph, $"remove the weight '{initializer.Name}', which nothing reads");
            edit.RemoveInitializer(initializer);
            context.Apply(edit);
        }
    }
}
