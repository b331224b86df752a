using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes;

/// <summary>
/// Follows the contents of small integer tensors through the operators that exporters compute shapes with, so that
/// Shape → Gather → Concat → Reshape ends in a known shape. Sizes may stay symbolic on the way.
/// </summary>
internal static class ContentRules
{
    /// <summary>The contents of the node's first output, or null.</summary>
    public static Dimension[]? Evaluate(NodeInference node)
    {
        if (node.Node.Domain.Length > 0 || node.Node.Outputs is not [{ } output, ..])
            return null;
        var type = node.TypeOf(output);
        if (type is not { Element: ElementType.Int64 or ElementType.Int32, Shape.Rank: <= 2 })
            return null;
        var contents = Compute(node);
        return contents?.Length <= ShapeInference.MaxContents && FitsShape(contents, type.Shape!) && FitsElement(contents, type.Element) ? contents : null;
    }

    /// <summary>The contents of a constant, where it is a small integer tensor of at most two axes.</summary>
    public static Dimension[]? OfTensor(Tensor tensor) =>
        tensor is { Type: ElementType.Int64 or ElementType.Int32, Rank: <= 2, Count: <= ShapeInference.MaxContents }
            ? Array.ConvertAll(tensor.ToLongs(), Dimension.Of)
            : null;

    private static Dimension[]? Compute(NodeInference node) => node.Node.OpType switch
    {
        "Constant" => node.Node.Output.Constant is { } tensor ? OfTensor(tensor) : ConstantAttribute(node.Node),
        "Shape" => OfShape(node),
        "Size" => node.Shape(0) is { } shape ? [Dimensions.Product(shape)] : null,
        "Gather" => Gather(node),
        "Concat" => Concat(node),
        "Slice" => Slice(node),
        "Transpose" => Transpose(node),
        "Identity" or "Squeeze" or "Unsqueeze" or "Reshape" or "Flatten" or "Cast" => node.Contents(0)?.ToArray(),
        "Add" => Pairwise(node, Dimensions.Add),
        "Sub" => Pairwise(node, Dimensions.Subtract),
        "Mul" => Pairwise(node, Dimensions.Multiply),
        "Div" => Pairwise(node, Dimensions.Divide),
        "Neg" => node.Contents(0)?.Select(element => Dimensions.Subtract(Dimension.Of(0), element)).ToArray(),
        "ReduceProd" => node.Contents(0) is { } factors ? [Dimensions.Product(factors)] : null,
        "ConstantOfShape" => Fill(node),
        _ => null,
    };

    private static bool FitsShape(Dimension[] contents, Shape shape) =>
        shape.Rank == 1 && !shape[0].IsFixed ? true : shape.ElementCount == contents.Length;

    private static bool FitsElement(Dimension[] contents, ElementType element) =>
        element == ElementType.Int64 || Array.TrueForAll(contents, value => value.Size is null or (>= int.MinValue and <= int.MaxValue));

    private static Dimension[]? ConstantAttribute(Node node) =>
        node.Attributes.GetValueOrDefault("value_int") is AttributeValue.Int one ? [Dimension.Of(one.Value)] :
        node.GetInts("value_ints")?.Select(Dimension.Of).ToArray();

    /// <summary>Shape, from opset 15 on with an optional range of axes.</summary>
    private static Dimension[]? OfShape(NodeInference node)
    {
        if (node.Shape(0) is not { } shape)
            return null;
        var start = ClampAxis(node.Node.GetInt("start", 0), shape.Rank);
        var end = ClampAxis(node.Node.GetInt("end", shape.Rank), shape.Rank);
        return [.. shape.Take(end).Skip(start)];
    }

    private static int ClampAxis(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);

    private static Dimension[]? Gather(NodeInference node)
    {
        if (node.Shape(0) is not { Rank: 1 } || node.Contents(0) is not { } data || node.Longs(1) is not { } indices)
            return null;
        var gathered = new Dimension[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            if (NodeInference.Axis(indices[i], data.Count) is not { } index)
                return null;
            gathered[i] = data[index];
        }

        return gathered;
    }

    private static Dimension[]? Concat(NodeInference node)
    {
        if (node.Shape(0) is not { Rank: 1 })
            return null;
        var joined = new List<Dimension>();
        for (var i = 0; i < node.Node.Inputs.Count; i++)
        {
            if (node.Contents(i) is { } part)
                joined.AddRange(part);
            else if (node.Shape(i) is { Rank: 1, Sizes: [<= ShapeInference.MaxContents and var length] })
                joined.AddRange(Enumerable.Repeat(Dimension.Unknown, (int)length));
            else
                return null;
        }

        return [.. joined];
    }

    /// <summary>A slice of a vector, or of the rows of a matrix.</summary>
    private static Dimension[]? Slice(NodeInference node)
    {
        if (node.Shape(0)?.Sizes is not [var rows, ..] sizes || node.Contents(0) is not { } data
            || !node.TryLongs("starts", 1, out var starts) || !node.TryLongs("ends", 2, out var ends)
            || !node.TryLongs("axes", 3, out var axes) || !node.TryLongs("", 4, out var steps)
            || starts is not [var start] || ends is not [var end] || !(axes is null || (axes is [var axis] && (axis == 0 || axis == -sizes.Length))))
            return null;
        var columns = sizes.Length == 2 ? (int)sizes[1] : 1;
        var range = SliceRange.Of(start, end, steps is [var step] ? step : 1, rows);
        return range?.Indices.SelectMany(row => data.Skip((int)row * columns).Take(columns)).ToArray();
    }

    /// <summary>The elements of a matrix column by column; a vector stays as it is.</summary>
    private static Dimension[]? Transpose(NodeInference node)
    {
        if (node.Shape(0)?.Sizes is not { } sizes || node.Contents(0) is not { } data)
            return null;
        if (sizes.Length < 2 || node.Node.GetInts("perm") is [0, 1])
            return [.. data];
        var (rows, columns) = ((int)sizes[0], (int)sizes[1]);
        return [.. Enumerable.Range(0, rows * columns).Select(i => data[(i % rows * columns) + (i / rows)])];
    }

    private static Dimension[]? Pairwise(NodeInference node, Func<Dimension, Dimension, Dimension> combine)
    {
        if (node.Opset < 7 || node.Contents(0) is not { } a || node.Contents(1) is not { } b)
            return null;
        if (a.Count != b.Count && a.Count != 1 && b.Count != 1)
            return null;
        var count = a.Count == 1 ? b.Count : a.Count;
        return [.. Enumerable.Range(0, count).Select(i => combine(a[a.Count == 1 ? 0 : i], b[b.Count == 1 ? 0 : i]))];
    }

    private static Dimension[]? Fill(NodeInference node)
    {
        if (node.Longs(0) is not [>= 0 and <= ShapeInference.MaxContents and var count] || node.Node.GetTensor("value") is not { Count: 1 } value)
            return null;
        return [.. Enumerable.Repeat(Dimension.Of(value.ToLongs()[0]), (int)count)];
    }
}
