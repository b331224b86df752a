using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Profiles;
using ModelCompiler.Shapes;

namespace ModelCompiler.Compilation.MixedPrecision;

/// <summary>What a layer takes in float and in integers, by the profile's costs.</summary>
internal static class LayerCost
{
    public static Layer Of(Node node, InferredTypes types, KernelCosts costs)
    {
        var macs = MacsOf(node, types);
        var results = types.ShapeOf(node.Output)?.ElementCount ?? 0;
        if (IsDepthwise(node))
            return new(node, macs, macs * costs.FloatDepthwiseMac, (macs * costs.IntegerDepthwiseMac) + (results * costs.IntegerResult));
        var copies = results / Math.Max(1, node.Inputs[1]!.Constant!.Dims[0]) * WindowPositions(node) * node.GetInt("group", 1);
        return new(node, macs, macs * costs.FloatMac, (macs * costs.IntegerMac) + (results * costs.IntegerResult) + (copies * costs.IntegerWindowCopy));
    }

    /// <summary>Of one sample; where shapes are not known, those of one position.</summary>
    public static long MacsOf(Node node, InferredTypes types) => MultiplyAccumulates.Of(node, types) ?? node.Input(1)?.Constant?.Count ?? 0;

    private static bool IsDepthwise(Node node) => node.Is("Conv") && node.GetInt("group", 1) > 1 && node.Inputs[1]!.Constant!.Dims[1] == 1;

    /// <summary>0 where the kernel reads its input in place.</summary>
    private static long WindowPositions(Node node)
    {
        if (!node.Is("Conv"))
            return 0;
        var positions = node.Inputs[1]!.Constant!.Dims[2..].ToArray().Aggregate(1L, (product, size) => product * size);
        return positions == 1 ? 0 : positions;
    }
}
