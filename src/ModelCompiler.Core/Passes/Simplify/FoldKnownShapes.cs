using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>x[1,64,7,7] → Shape → Gather → Concat → s  =>  initializer s.</summary>
/// <remarks>
/// Only where every number of s follows from shapes that are fixed. What else is constant is left to <see cref="FoldConstants"/>.
/// What decides an If is left alone: ONNX Runtime would then put the branch in its place at load and check its values by stricter rules
/// (a Range from tensors of one element that are no scalars is refused), so that a model which runs would no longer load.
/// </remarks>
public sealed class FoldKnownShapes : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var types = ShapeInference.Run(graph.Model);
        var foldable = graph.Nodes.Where(node => Contents(node, types) is not null).ToHashSet();
        var deciding = DecideBranches(graph, foldable);
        foreach (var node in graph.Nodes.ToArray())
        {
            // Where every reader is folded too, the node is dead afterwards.
            if (!foldable.Contains(node) || (!node.Output.IsGraphOutput && node.Output.Consumers.All(foldable.Contains)))
                continue;
            if (node.Output.IsGraphOutput)
                context.Decline(node, "it makes a graph output");
            else if (deciding.Contains(node))
                context.Decline(node, "it decides which branch of an If is taken");
            else
                Fold(node, Contents(node, types)!, context);
        }
    }

    /// <summary>The tensor that the node always makes, where that is known.</summary>
    private static Tensor? Contents(Node node, InferredTypes types)
    {
        if (node.Is("Constant") || node.Outputs is not [{ } output] || types.ContentsOf(output) is not { } contents || !contents.All(element => element.IsFixed))
            return null;
        var numbers = contents.Select(element => element.Size!.Value).ToArray();
        var dims = types.ShapeOf(output)?.Sizes ?? [numbers.Length];
        return types.ElementOf(output) == ElementType.Int32
            ? Tensor.Of(Array.ConvertAll(numbers, number => (int)number), dims)
            : Tensor.Of(numbers, dims);
    }

    /// <summary>The foldable nodes that, once folded, would leave the condition of an If constant.</summary>
    private static HashSet<Node> DecideBranches(Graph graph, HashSet<Node> foldable)
    {
        var conditions = graph.SelfAndNested.SelectMany(inner => inner.NodesOf("If")).Select(node => node.Input(0)).OfType<Value>();
        return [.. conditions.SelectMany(condition => Deciders(condition, foldable))];
    }

    /// <summary>The foldable nodes that a value is computed from, where it is computed from these and constants alone.</summary>
    private static HashSet<Node> Deciders(Value condition, HashSet<Node> foldable)
    {
        var deciders = new HashSet<Node>();
        var seen = new HashSet<Value>();
        var open = new Stack<Value>([condition]);
        while (open.TryPop(out var value))
        {
            if (value.Constant is not null || !seen.Add(value))
                continue;
            if (value.Producer is not { } producer)
                return [];
            if (foldable.Contains(producer))
            {
                deciders.Add(producer);
                continue;
            }

            foreach (var input in producer.Inputs.OfType<Value>())
                open.Push(input);
        }

        return deciders;
    }

    private static void Fold(Node node, Tensor contents, PassContext context)
    {
        var edit = new GraphEdit(node.Graph, $"store what {node} computes from fixed shapes");
        edit.ReplaceUses(node.Output, edit.AddInitializer(node.Output.Name, contents));
        edit.Remove(node);
        context.Apply(edit);
    }
}
