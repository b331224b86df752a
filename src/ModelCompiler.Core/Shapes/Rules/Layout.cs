using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Operators that give the same elements another shape or order.</summary>
internal static class Layout
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Reshape", Reshape),
        ("Transpose", Transpose),
        ("Flatten", Flatten),
        ("Squeeze", Squeeze),
        ("Unsqueeze", Unsqueeze),
        ("DepthToSpace", DepthToSpace),
        ("SpaceToDepth", SpaceToDepth),
    ];

    private static void Reshape(NodeInference node)
    {
        var wanted = node.Node.GetInts("shape") is { } attribute ? [.. attribute.Select(Dimension.Of)] : node.Contents(1);
        if (wanted is not null)
            node.Set(0, node.Element(0), Reshaped(node.Shape(0), [.. wanted], node.Node.GetInt("allowzero", 0) != 0));
        else if (node.Shape(1) is { Rank: 1, Sizes: [>= 0 and <= 16 and var rank] })
            node.SetRank(0, node.Element(0), (int)rank);
        else
            node.Set(0, node.Element(0), null);
    }

    /// <summary>0 keeps the input's size on that axis unless allowzero is set, one −1 takes what is left.</summary>
    private static Shape? Reshaped(Shape? input, Dimension[] wanted, bool allowZero)
    {
        var output = (Dimension[])wanted.Clone();
        for (var axis = 0; axis < output.Length; axis++)
        {
            if (output[axis].Size == 0 && !allowZero)
                output[axis] = axis < input?.Rank ? input[axis] : Dimension.Unknown;
            else if (output[axis].Size < -1)
                return null;
        }

        var open = Array.FindIndex(wanted, size => size.Size == -1);
        if (open >= 0)
        {
            // An unknown entry of a computed shape could be a second 0 or −1 in disguise only where it stands for no axis: ONNX allows one −1.
            output[open] = Remaining(input, output, open);
        }

        return new Shape(output);
    }

    /// <summary>The size that −1 stands for: all elements over the product of the other axes, common factors with unknown size cancelled first.</summary>
    private static Dimension Remaining(Shape? input, Dimension[] output, int open)
    {
        if (input is null)
            return Dimension.Unknown;
        var above = input.ToList();
        var below = output.Where((_, axis) => axis != open).ToList();
        foreach (var factor in below.ToArray().Where(factor => !factor.IsFixed))
        {
            var match = above.FindIndex(candidate => Dimensions.SurelyEqual(candidate, factor));
            if (match < 0)
                return Dimension.Unknown;
            above.RemoveAt(match);
            below.Remove(factor);
        }

        var all = Dimensions.Product(above);
        var others = Dimensions.Product(below);
        if (others.Size is null or <= 0 || (all.Size is { } count && count % others.Size != 0))
            return Dimension.Unknown;
        return Dimensions.Divide(all, others);
    }

    private static void Transpose(NodeInference node)
    {
        if (node.Shape(0) is not { } input)
        {
            node.Set(0, node.Element(0), null);
            return;
        }

        var order = node.Node.GetInts("perm") ?? [.. Enumerable.Range(0, input.Rank).Reverse().Select(axis => (long)axis)];
        if (order.Count == input.Rank && NodeInference.TryAxes(order, input.Rank, out _))
            node.Set(0, node.Element(0), order.Select(axis => input[NodeInference.Axis(axis, input.Rank)!.Value]));
    }

    private static void Flatten(NodeInference node)
    {
        var axis = node.Node.GetInt("axis", 1);
        if (node.Shape(0) is not { } input || axis < -input.Rank || axis > input.Rank)
        {
            node.SetRank(0, node.Element(0), 2);
            return;
        }

        var split = (int)(axis < 0 ? axis + input.Rank : axis);
        node.Set(0, node.Element(0), [Dimensions.Product(input.Take(split)), Dimensions.Product(input.Skip(split))]);
    }

    private static void Squeeze(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        if (node.Shape(0) is not { } input || !node.TryLongs("axes", 1, out var given))
            return;
        if (given is null && input.IsFixed)
            node.Set(0, node.Element(0), input.Where(size => size.Size != 1));
        else if (given is not null && NodeInference.TryAxes(given, input.Rank, out var axes))
            node.Set(0, node.Element(0), input.Where((_, axis) => !axes.Contains(axis)));
    }

    private static void Unsqueeze(NodeInference node)
    {
        node.Set(0, node.Element(0), null);
        if (node.Shape(0) is not { } input || !node.TryLongs("axes", 1, out var given) || given is null)
            return;
        if (!NodeInference.TryAxes(given, input.Rank + given.Count, out var axes))
            return;
        var output = input.ToList();
        foreach (var axis in axes)
            output.Insert(axis, Dimension.Of(1));
        node.Set(0, node.Element(0), output);
    }

    private static void DepthToSpace(NodeInference node)
    {
        var block = Dimension.Of(node.Node.GetInt("blocksize", 1));
        if (node.Shape(0) is { Rank: 4 } input)
        {
            node.Set(0, node.Element(0), [
                input[0], Dimensions.Divide(input[1], Dimensions.Multiply(block, block)),
                Dimensions.Multiply(input[2], block), Dimensions.Multiply(input[3], block)]);
        }
    }

    private static void SpaceToDepth(NodeInference node)
    {
        var block = Dimension.Of(node.Node.GetInt("blocksize", 1));
        if (node.Shape(0) is { Rank: 4 } input)
        {
            node.Set(0, node.Element(0), [
                input[0], Dimensions.Multiply(input[1], Dimensions.Multiply(block, block)),
                Dimensions.Divide(input[2], block), Dimensions.Divide(input[3], block)]);
        }
    }
}
