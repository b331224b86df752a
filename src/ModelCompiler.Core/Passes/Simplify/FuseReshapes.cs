using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>x → Reshape, Flatten, Squeeze or Unsqueeze → Reshape(s) → y  =>  x → Reshape(s) → y.</summary>
/// <remarks>
/// The elements keep their order through all of them. An entry 0 of s copies a size of the tensor between the two, so then s has to be
/// spelled out, which at most one size that is not fixed allows.
/// </remarks>
public sealed class FuseReshapes : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var types = ShapeInference.Run(graph.Model);
        foreach (var second in graph.NodesOf("Reshape", "Flatten", "Squeeze", "Unsqueeze"))
        {
            if (second.Input(0) is not { Producer: { } first } middle || first.Input(0) is null || first.Graph != graph || !IsReshape(first) || !middle.IsUsedOnlyBy(second))
                continue;
            if (SurvivesAlone(second, types))
                Rewire(first, second, context);
            else if (SpellOut(types.ShapeOf(second.Output)) is { } shape && graph.Model.Opset >= 5)
                Replace(first, second, shape, context);
            else
                context.Decline(second, "its shape depends on the tensor before it and is not fixed");
        }
    }

    private static bool IsReshape(Node node) => node.Is("Reshape") || node.Is("Flatten") || node.Is("Squeeze") || node.Is("Unsqueeze");

    /// <summary>A Reshape whose shape is known and takes no size from its input.</summary>
    private static bool SurvivesAlone(Node node, InferredTypes types) =>
        node.Is("Reshape") && (node.GetInts("shape") ?? new NodeInference(node, types).Longs(1)) is { } shape && shape.All(size => size != 0);

    /// <summary>The shape as a Reshape takes it, with −1 for one axis that is not fixed; null where that does not say it.</summary>
    private static long[]? SpellOut(Shape? shape)
    {
        if (shape is null || shape.Count(size => !size.IsFixed) > 1 || shape.Any(size => size.Size == 0))
            return null;
        return [.. shape.Select(size => size.Size ?? -1)];
    }

    private static void Rewire(Node first, Node second, PassContext context)
    {
        var edit = new GraphEdit(second.Graph, $"let {second} read what {first} reads");
        edit.SetInput(second, 0, first.Inputs[0]);
        edit.Remove(first);
        context.Apply(edit);
    }

    private static void Replace(Node first, Node second, long[] shape, PassContext context)
    {
        var edit = new GraphEdit(second.Graph, $"fuse {first} and {second} into one Reshape");
        var output = second.Output;
        edit.Remove(second);
        edit.Remove(first);
        edit.AddNode("Reshape", [first.Inputs[0], edit.AddInitializer($"{output.Name}/shape", Tensor.Vector<long>(shape))], [output]);
        context.Apply(edit);
    }
}
