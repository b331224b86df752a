using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>BatchNormalization through its changes at versions 9 and 14.</summary>
internal static class LiftBatchNormalization
{
    /// <summary>The attribute <c>spatial</c> went away; 1, its default, is what stayed.</summary>
    public static void DropSpatial(Node node, GraphEdit edit)
    {
        if (node.GetInt("spatial", 1) == 0)
            throw new NotLiftableException("it normalizes each position by itself (spatial = 0), which later versions cannot");
        if (node.Attributes.ContainsKey("spatial"))
            edit.RemoveAttribute(node, "spatial");
    }

    /// <summary>The outputs of training (running mean and variance) went away at inference.</summary>
    public static void DropTrainingOutputs(Node node, GraphEdit edit)
    {
        if (node.Outputs.Count == 1)
            return;
        if (node.Outputs.Skip(1).Any(output => output is { IsUsed: true }))
            throw new NotLiftableException("the statistics it makes in training are read");
        edit.Remove(node);
        edit.AddNode(node.OpType, [.. node.Inputs], [node.Outputs[0]], node.Attributes);
    }
}
