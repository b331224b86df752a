using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Which elements of a tensor share a scale: all, those of one place along an axis, or those of one block along it (operator set 21).</summary>
/// <param name="dims">Of the tensor.</param>
/// <param name="split">The same, with the axis that has blocks as two: which block, and where in it.</param>
/// <param name="spread">Of the scales, to be broadcast to that.</param>
/// <param name="scales">Of the scales as they are stored.</param>
internal sealed class ScaleGroups(long[] dims, long[] split, long[] spread, long[] scales)
{
    /// <summary>True where there is one scale.</summary>
    public bool IsWhole => Array.TrueForAll(scales, size => size == 1);

    public static ScaleGroups Of(NodeShapes node)
    {
        var (dims, scales) = (node.Dims(0), node.Dims(1));
        if (Array.TrueForAll(scales, size => size == 1))
            return new(dims, dims, [], scales);
        var axis = NodeShapes.Axis(node.Node.GetInt("axis", 1), dims.Length);
        if (node.Node.GetInt("block_size", 0) is > 0 and var block)
            return new(dims, [.. dims[..axis], dims[axis] / block, block, .. dims[(axis + 1)..]], [.. scales[..(axis + 1)], 1, .. scales[(axis + 1)..]], scales);
        return new(dims, dims, [.. dims.Select((size, i) => i == axis ? size : 1)], scales);
    }

    /// <summary>For people, continuing "since …".</summary>
    public static string? ReasonAgainst(NodeShapes node) =>
        node.Node.GetInt("block_size", 0) is > 0 and var block && node.Dims(0)[NodeShapes.Axis(node.Node.GetInt("axis", 1), node.Rank(0))] % block != 0 ? "its last block is not whole" : null;

    /// <summary>A tensor, its axis of blocks as two.</summary>
    public Value Split(Value value, GradientWriter make) => split.Length == dims.Length ? value : make.Reshape(value, split);

    /// <summary>The inverse.</summary>
    public Value Join(Value value, GradientWriter make) => split.Length == dims.Length ? value : make.Reshape(value, dims);

    /// <summary>What there is one of for each scale, to be broadcast to a tensor that was split.</summary>
    public Value Spread(Value value, GradientWriter make) => scales.AsSpan().SequenceEqual(spread) ? value : make.Reshape(value, spread);

    public Tensor Spread(Tensor tensor) => tensor.Reshape(spread);

    /// <summary>
    /// Σ a·b over the elements of each scale. Over a whole tensor that is one product of two rows: half the time of Mul and ReduceSum, where that of a row and a column takes five times as
    /// long as those.
    /// </summary>
    public Value SumOfProducts(Value a, Value b, GradientWriter make)
    {
        if (IsWhole)
            return make.Reshape(make.Node("Gemm", [make.Reshape(a, 1, -1), make.Reshape(b, 1, -1)], ("transB", 1)), scales);
        long[] summed = [.. Enumerable.Range(0, split.Length).Where(axis => spread[axis] == 1 && split[axis] != 1).Select(axis => (long)axis)];
        var sums = make.SumOver(make.Mul(Split(a, make), Split(b, make)), summed);
        return make.Reshape(sums, scales);
    }
}
