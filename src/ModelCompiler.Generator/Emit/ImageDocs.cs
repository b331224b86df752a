using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Emit;

/// <summary>Preprocessing in words, for documentation.</summary>
internal static class ImageDocs
{
    /// <summary>For example <c>short side to 256, centre crop of 224, BGR, (byte − mean) / std</c>.</summary>
    public static string Describe(ImageInput image) => string.Join(", ", Steps(image));

    private static IEnumerable<string> Steps(ImageInput image)
    {
        var resize = image.Resize;
        var size = $"{SourceText.Number(resize.Width)}×{SourceText.Number(resize.Height)}";
        yield return resize.Kind switch
        {
            ImageResizeKind.ShortSide => $"short side to {SourceText.Number(resize.Width)}",
            ImageResizeKind.Stretch => $"stretched to {size}",
            ImageResizeKind.Letterbox => $"letterboxed to {size}",
            _ => "at its own size",
        };
        if (image.CenterCrop is { } side)
            yield return $"centre crop of {SourceText.Number(side)}";

        yield return image.Color == ImageColor.Gray ? "gray" : image.Color.ToString().ToUpperInvariant();
        yield return Arithmetic(image);
    }

    private static string Arithmetic(ImageInput image)
    {
        var value = image.Scale == 1 ? "byte" : $"byte · {SourceText.Literal(image.Scale).TrimEnd('f')}";
        if (image.Mean.Any(mean => mean != 0))
            value = $"({value} − mean)";
        return image.Std.Any(std => std != 1) ? $"{value} / std" : value;
    }
}
