using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Dropout at version 10, where the mask changed its type to bool.</summary>
internal static class LiftDropout
{
    public static void MaskBecomesBool(Node node, GraphEdit edit)
    {
        if (node.Outputs.Count == 1)
            return;
        if (node.Outputs[1] is { IsUsed: true })
            throw new NotLiftableException("its mask is read, which has another type in later versions");
        edit.Remove(node);
        edit.AddNode(node.OpType, [.. node.Inputs], [node.Outputs[0]], node.Attributes);
    }
}
