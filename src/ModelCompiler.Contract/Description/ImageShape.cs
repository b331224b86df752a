namespace ModelCompiler.Contract;

/// <summary>The channels, height and width of an image input; null where the model leaves them open.</summary>
internal sealed record ImageShape(int? Channels, int? Height, int? Width)
{
    /// <summary>Whether a value has the rank and type of an image, with or without a batch axis.</summary>
    public static bool CanBe(ValueSignature value) =>
        value is { Kind: ValueKind.Tensor, Shape.Count: 3 or 4 }
        && value.ElementType is ElementType.Float32 or ElementType.Float16 or ElementType.Float64 or ElementType.UInt8 or ElementType.Int8
            or ElementType.Int32 or ElementType.Int64;

    /// <summary>The layout, where only one of the two places has a size that can be a number of channels.</summary>
    public static ImageLayout? LayoutOf(ValueSignature value)
    {
        var (first, last) = (Of(value, ImageLayout.Nchw).Channels, Of(value, ImageLayout.Nhwc).Channels);
        return (first is 1 or 3, last is 1 or 3) switch
        {
            (true, false) => ImageLayout.Nchw,
            (false, true) => ImageLayout.Nhwc,
            _ => null,
        };
    }

    public static ImageShape Of(ValueSignature value, ImageLayout layout)
    {
        var shape = value.Shape!.Value;
        var start = shape.Count - 3;
        return layout == ImageLayout.Nchw
            ? new ImageShape(Size(shape[start]), Size(shape[start + 1]), Size(shape[start + 2]))
            : new ImageShape(Size(shape[start + 2]), Size(shape[start]), Size(shape[start + 1]));
    }

    public static string Text(ValueSignature value) => $"[{string.Join(",", value.Shape ?? default)}]";

    private static int? Size(Dimension dimension) => dimension.Size is > 0 and <= int.MaxValue ? (int)dimension.Size : null;
}
