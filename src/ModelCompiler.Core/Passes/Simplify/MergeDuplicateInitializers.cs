using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Initializers a and b of the same type, shape and bytes  =>  a, read by the readers of both.</summary>
public sealed class MergeDuplicateInitializers : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var seen = new Dictionary<Tensor, Value>(TensorContent.Comparer);
        foreach (var initializer in graph.Initializers.ToArray())
        {
            // Listed inputs may be overridden one by one; a graph output has to keep a weight of its own.
            if (initializer.IsGraphInput || initializer.IsGraphOutput)
                continue;
            if (!seen.TryAdd(initializer.Initializer!, initializer))
                Merge(initializer, seen[initializer.Initializer!], context);
        }
    }

    private static void Merge(Value duplicate, Value kept, PassContext context)
    {
        var edit = new GraphEdit(kept.Graph, $"read '{kept.Name}' in place of its copy '{duplicate.Name}'");
        edit.ReplaceUses(duplicate, kept);
        edit.RemoveInitializer(duplicate);
        context.Apply(edit);
    }
}
