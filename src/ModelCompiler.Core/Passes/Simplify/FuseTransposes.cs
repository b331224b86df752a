using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>x → Transpose(p) → Transpose(q) → y  =>  x → Transpose(p∘q) → y.</summary>
/// <remarks>Axis i of y is axis q[i] of the middle tensor, which is axis p[q[i]] of x.</remarks>
public sealed class FuseTransposes : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        foreach (var second in graph.NodesOf("Transpose"))
        {
            if (second.Input(0) is not { Producer: { } first } middle || !first.Is("Transpose") || first.Input(0) is null || first.Graph != graph)
                continue;
            if (first.GetInts("perm") is not { } p || second.GetInts("perm") is not { } q)
                context.Decline(second, "a Transpose without perm reverses axes whose number is not written down");
            else if (middle.IsUsedOnlyBy(second) && IsOrder(p, q.Count) && IsOrder(q, p.Count))
                Fuse(first, second, [.. q.Select(axis => p[(int)axis])], context);
        }
    }

    private static bool IsOrder(IReadOnlyList<long> axes, int rank) => axes.Count == rank && axes.Order().Select((axis, i) => axis == i).All(ordered => ordered);

    private static void Fuse(Node first, Node second, long[] order, PassContext context)
    {
        var edit = new GraphEdit(second.Graph, $"fuse {first} into {second}");
        edit.SetInput(second, 0, first.Inputs[0]);
        edit.SetAttribute(second, "perm", order);
        edit.Remove(first);
        context.Apply(edit);
    }
}
