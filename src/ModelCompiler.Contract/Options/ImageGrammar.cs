using System.Globalization;

namespace ModelCompiler.Contract;

/// <summary>
/// The text forms of image preprocessing. <c>resize</c>: <c>shortSide:256</c>, <c>stretch:640x480</c> (width × height),
/// <c>letterbox:416:114</c> (side, fill byte) with an optional <c>:topleft</c> or <c>:center</c>, or <c>none</c>; <c>crop</c>: <c>center:224</c>.
/// </summary>
public static class ImageGrammar
{
    /// <summary>What <see cref="Resize"/> takes, for messages.</summary>
    public const string ResizeForm = "shortSide:N, stretch:WxH, letterbox:N:fill[:topleft|center] or none";

    /// <summary>What <see cref="CenterCrop"/> takes, for messages.</summary>
    public const string CropForm = "center:N";

    private const int MaxSide = 32768;

    /// <summary>Null when the text is none of the forms.</summary>
    public static ImageResize? Resize(string text)
    {
        var parts = text.Split(':');
        return parts[0].ToLowerInvariant() switch
        {
            "none" when parts.Length == 1 => ImageResize.None,
            "shortside" when parts.Length == 2 && Side(parts[1]) is { } side => new(ImageResizeKind.ShortSide, side, side, 0, false),
            "stretch" when parts.Length == 2 => Stretch(parts[1].Split('x')),
            "letterbox" when parts.Length is 3 or 4 => Letterbox(parts),
            _ => null,
        };
    }

    /// <summary>The side of the square; null when the text is not of the form.</summary>
    public static int? CenterCrop(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2 && string.Equals(parts[0], "center", StringComparison.OrdinalIgnoreCase) ? Side(parts[1]) : null;
    }

    /// <summary>The text that <see cref="Resize"/> reads back.</summary>
    public static string Text(ImageResize resize)
    {
        var (width, height) = (Number(resize.Width), Number(resize.Height));
        return resize.Kind switch
        {
            ImageResizeKind.ShortSide => $"shortSide:{width}",
            ImageResizeKind.Stretch => $"stretch:{width}x{height}",
            ImageResizeKind.Letterbox => $"letterbox:{width}:{Number(resize.Fill)}:{(resize.TopLeft ? "topleft" : "center")}",
            _ => "none",
        };
    }

    /// <summary>The text that <see cref="CenterCrop"/> reads back.</summary>
    public static string CropText(int side) => $"center:{Number(side)}";

    private static ImageResize? Stretch(string[] sides) =>
        sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height
            ? new ImageResize(ImageResizeKind.Stretch, width, height, 0, false)
            : null;

    private static ImageResize? Letterbox(string[] parts)
    {
        bool? topLeft = parts.Length == 3 ? false : parts[3].ToLowerInvariant() switch { "topleft" => true, "center" => false, _ => null };
        return Side(parts[1]) is { } side && byte.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var fill) && topLeft is { } corner
            ? new ImageResize(ImageResizeKind.Letterbox, side, side, fill, corner)
            : null;
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is > 0 and <= MaxSide ? side : null;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
