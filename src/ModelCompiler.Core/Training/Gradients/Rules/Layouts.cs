using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that move or repeat elements and compute nothing.</summary>
internal static class Layouts
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Reshape Flatten Squeeze Unsqueeze", (GradientRule)Reshape),
        ("Transpose", (GradientRule)Transpose),
        ("DepthToSpace", (GradientRule)DepthToSpace),
        ("SpaceToDepth", (GradientRule)SpaceToDepth),
        ("Expand", (GradientRule)Expand),
        ("Tile", (GradientRule)Tile),
    ];

    /// <summary>The same elements in the same order, under the input's shape.</summary>
    private static void Reshape(GradientNode node) => node.Give(0, () => node.Make.Reshape(node.Gradient, node.Dims(0)));

    /// <summary>The inverse permutation: what went from axis p[i] to axis i goes back.</summary>
    private static void Transpose(GradientNode node)
    {
        var rank = node.Rank(0);
        var permutation = node.Node.GetInts("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)];
        var inverse = new long[rank];
        for (var i = 0; i < rank; i++)
            inverse[NodeShapes.Axis(permutation[i], rank)] = i;
        node.Give(0, () => node.Make.Transpose(node.Gradient, inverse));
    }

    /// <summary>
    /// Depth first (DCR) is what SpaceToDepth undoes. Column first (CRD) has the block behind the channels, C·b·b, and SpaceToDepth has no such mode: the
    /// positions are parted into [H, b, W, b] and both b go behind the channels.
    /// </summary>
    private static void DepthToSpace(GradientNode node)
    {
        var block = node.Node.GetInt("blocksize", 1);
        var dims = node.Dims(0);
        node.Give(0, () => node.Node.GetString("mode", "DCR") == "CRD"
            ? node.Make.Reshape(node.Make.Transpose(node.Make.Reshape(node.Gradient, dims[0], node.OutputDims()[1], dims[2], block, dims[3], block), 0, 1, 3, 5, 2, 4), dims)
            : node.Make.Node("SpaceToDepth", [node.Gradient], ("blocksize", block)));
    }

    /// <summary>DepthToSpace, depth first, undoes it.</summary>
    private static void SpaceToDepth(GradientNode node) =>
        node.Give(0, () => node.Make.Node("DepthToSpace", [node.Gradient], ("blocksize", node.Node.GetInt("blocksize", 1)), ("mode", "DCR")));

    /// <summary>The sum over all copies.</summary>
    private static void Expand(GradientNode node) => node.Give(0, () => node.Make.SumTo(node.Gradient, node.OutputDims(), node.Dims(0)));

    /// <summary>The sum over all copies: an axis of r copies of d elements, seen as two axes [r, d], summed over the first.</summary>
    private static void Tile(GradientNode node) => node.Give(0, () => SumOfCopies(node));

    private static Value SumOfCopies(GradientNode node)
    {
        var (dims, tiled) = (node.Dims(0), node.OutputDims());
        var parted = new List<long>();
        var copies = new List<long>();
        for (var axis = 0; axis < dims.Length; axis++)
        {
            if (tiled[axis] != dims[axis])
            {
                copies.Add(parted.Count);
                parted.Add(tiled[axis] / dims[axis]);
            }

            parted.Add(dims[axis]);
        }

        return copies.Count == 0 ? node.Gradient : node.Make.SumAway(node.Make.Reshape(node.Gradient, [.. parted]), [.. copies]);
    }
}
