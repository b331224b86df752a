using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Takes a node out whose first output is always equal to another value.</summary>
internal static class Bypass
{
    /// <summary>False where the node has to stay: a second output is read, or it makes a graph output that the value cannot be.</summary>
    public static bool TryApply(Node node, Value equal, string label, PassContext context)
    {
        if (node.Outputs.Skip(1).Any(output => output is { IsUsed: true }))
            return false;
        if (!GraphEdit.CanReplace(node.Output, equal))
            return false;
        var edit = new GraphEdit(node.Graph, label);
        edit.ReplaceUses(node.Output, equal);
        edit.Remove(node);
        return context.Apply(edit);
    }
}
