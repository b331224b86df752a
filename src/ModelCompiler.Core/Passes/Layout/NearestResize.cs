using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Layout;

/// <summary>A Resize that repeats every pixel a whole number of times: a copy in NHWC.</summary>
/// <remarks>Its kernel for integers works pixel by pixel; ONNX Runtime 1.29 takes a sixth of its time to expand a picture whose pixels stand apart.</remarks>
/// <param name="Rows">How often each row comes.</param>
/// <param name="Columns">How often each column comes.</param>
/// <param name="Sizes">Of the result in NHWC, 0 for any batch; null where they are not known.</param>
internal sealed record NearestResize(long Rows, long Columns, long[]? Sizes)
{
    /// <summary>Null where the Resize does anything else.</summary>
    public static NearestResize? Of(Node node, InferredTypes types)
    {
        if (node.Domain.Length > 0 || node.GetString("mode", "nearest") != "nearest" || node.Attributes.ContainsKey("axes")
            || types.ShapeOf(node.Inputs[0]!) is not { Rank: ChannelsLast.Rank } input || types.ShapeOf(node.Output) is not { Rank: ChannelsLast.Rank } output)
            return null;
        if (node.Input(2)?.Constant is { Count: ChannelsLast.Rank } scales)
        {
            return scales.ToFloats() is [1, 1, var rows, var columns] && Repeats(node, rows) && Repeats(node, columns)
                ? new((long)rows, (long)columns, SizesOf(output))
                : null;
        }

        return input[0] == output[0] && input[1] == output[1] && Repeats(node, input[2], output[2]) is { } down && Repeats(node, input[3], output[3]) is { } right
            ? new(down, right, SizesOf(output))
            : null;
    }

    private static long[]? SizesOf(Shape output) =>
        output.Skip(1).All(dimension => dimension.IsFixed) ? [0, output[2].Size!.Value, output[3].Size!.Value, output[1].Size!.Value] : null;

    /// <summary>True where positions simply repeat, so many times, whatever the size: what holds for the second ones holds for all.</summary>
    private static bool Repeats(Node node, float scale)
    {
        if (scale < 1 || scale != MathF.Floor(scale) || node.GetString("coordinate_transformation_mode", "half_pixel") == "align_corners")
            return false;
        var times = (long)scale;
        for (var i = times; i < 2 * times; i++)
        {
            if (Source(node, i, long.MaxValue, times) != 1)
                return false;
        }

        return true;
    }

    /// <summary>How often each position of an axis comes; null where positions do not simply repeat.</summary>
    private static long? Repeats(Node node, Dimension from, Dimension to)
    {
        if (from.Size is not { } before || to.Size is not { } after || before == 0 || after == 0 || after % before != 0)
            return null;
        for (long i = 0; i < after; i++)
        {
            if (Source(node, i, before, (double)after / before) is not { } source || Math.Clamp(source, 0, before - 1) != i / (after / before))
                return null;
        }

        return after / before;
    }

    /// <summary>The position that an output position reads, by ONNX's definition of Resize; null for modes that are not told apart here.</summary>
    private static long? Source(Node node, long position, long from, double scale)
    {
        double? exact = node.GetString("coordinate_transformation_mode", "half_pixel") switch
        {
            "half_pixel" => ((position + 0.5) / scale) - 0.5,
            "pytorch_half_pixel" => from * scale > 1 ? ((position + 0.5) / scale) - 0.5 : 0,
            "asymmetric" => position / scale,
            "align_corners" => from * scale > 1 ? position * (from - 1.0) / ((from * scale) - 1) : 0,
            _ => null,
        };
        return exact is not { } x ? null : node.GetString("nearest_mode", "round_prefer_floor") switch
        {
            "round_prefer_floor" => (long)Math.Ceiling(x - 0.5),
            "round_prefer_ceil" => (long)Math.Floor(x + 0.5),
            "floor" => (long)Math.Floor(x),
            "ceil" => (long)Math.Ceiling(x),
            _ => null,
        };
    }
}
