using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>
/// MeanVarianceNormalization at version 9: <c>across_channels</c> became <c>axes</c>. Before, each sample of a batch was normalized by itself;
/// since then the usual axes take the batch in, which is the same only for a batch of one.
/// </summary>
internal static class LiftMeanVarianceNormalization
{
    public static void ToAxes(Node node, GraphEdit edit, InferredTypes types)
    {
        if (node.GetInt("normalize_variance", 1) == 0)
            throw new NotLiftableException("it does not divide by the deviation (normalize_variance = 0), which later versions always do");
        if (types.ShapeOf(node.Inputs[0]!) is not { Rank: > 0 } shape || shape[0].Size != 1)
            throw new NotLiftableException("it normalizes each sample of a batch by itself, which later versions do not");
        edit.SetAttribute(node, "axes", node.GetInt("across_channels", 0) == 0 ? new long[] { 0, 2, 3 } : [0, 1, 2, 3]);
        foreach (var old in new[] { "across_channels", "normalize_variance" })
        {
            if (node.Attributes.ContainsKey(old))
                edit.RemoveAttribute(node, old);
        }
    }
}
