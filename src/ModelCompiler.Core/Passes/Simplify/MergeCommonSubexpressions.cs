using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Two nodes with the same operator, attributes and inputs  =>  one node, read by the readers of both.</summary>
/// <remarks>Never for random operators, control flow, functions of the model or operators of unknown domains.</remarks>
public sealed class MergeCommonSubexpressions : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        var seen = new HashSet<Node>(SameComputation.Comparer);
        foreach (var node in graph.Nodes.ToArray())
        {
            if (!RepeatableOperators.Include(node))
                continue;
            if (!seen.TryGetValue(node, out var first))
                seen.Add(node);
            else
                TryMerge(first, node, context);
        }
    }

    private static void TryMerge(Node first, Node copy, PassContext context)
    {
        var edit = new GraphEdit(copy.Graph, $"read {first} in place of its copy {copy}");
        for (var i = 0; i < copy.Outputs.Count; i++)
        {
            if (copy.Outputs[i] is not { IsUsed: true } output)
                continue;
            if (first.Outputs.ElementAtOrDefault(i) is not { } same || !GraphEdit.CanReplace(output, same))
            {
                context.Decline(copy, $"its copy {first} cannot make its outputs as well");
                return;
            }

            edit.ReplaceUses(output, same);
        }

        edit.Remove(copy);
        context.Apply(edit);
    }

    /// <summary>Nodes are equal that compute the same from the same values.</summary>
    private sealed class SameComputation : IEqualityComparer<Node>
    {
        public static readonly SameComputation Comparer = new();

        public bool Equals(Node? a, Node? b) =>
            a is not null && b is not null && a.OpType == b.OpType && a.Domain == b.Domain
            && a.Inputs.SequenceEqual(b.Inputs) && AttributeEquality.Equal(a.Attributes, b.Attributes);

        public int GetHashCode(Node node)
        {
            var hash = default(HashCode);
            hash.Add(node.OpType, StringComparer.Ordinal);
            foreach (var input in node.Inputs)
                hash.Add(input);
            return hash.ToHashCode();
        }
    }
}
