using System.Globalization;

namespace ModelCompiler.Contract;

/// <summary>
/// The short form of a sidecar's image section that fits into one metadata:
/// <c>image;layout=NCHW;color=BGR;resize=shortSide:256;crop=center:224;scale=1;mean=103.94,116.78,123.68;std=1,1,1</c>.
/// Every part but the first may be left out; <c>input=data_0</c> names the input where several could be meant.
/// </summary>
public static class PreprocessText
{
    /// <summary>What <see cref="Parse"/> takes, for messages.</summary>
    public const string Form = "image;layout=NCHW;color=RGB;resize=shortSide:256;crop=center:224;scale=1;mean=0,0,0;std=1,1,1 (every part after the first is optional)";

    /// <summary>Null when the text is not of the form.</summary>
    public static ImageBinding? Parse(string text)
    {
        var parts = text.Split([';'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts[0].Trim() != "image")
            return null;
        var binding = new ImageBinding("", new ImageSettings());
        foreach (var part in parts.Skip(1))
        {
            var separator = part.IndexOf('=');
            if (separator < 0 || With(binding, part.Substring(0, separator).Trim(), part.Substring(separator + 1).Trim()) is not { } next)
                return null;
            binding = next;
        }
        return binding;
    }

    /// <summary>The text that <see cref="Parse"/> reads back, every part of it but the input.</summary>
    public static string Write(ImageInput image)
    {
        var crop = image.CenterCrop is { } side ? $";crop={ImageGrammar.CropText(side)}" : "";
        return $"image;layout={OptionWords.Word(image.Layout).ToUpperInvariant()};color={OptionWords.Word(image.Color).ToUpperInvariant()};resize={ImageGrammar.Text(image.Resize)}{crop}"
            + $";scale={Text(image.Scale)};mean={string.Join(",", image.Mean.Select(Text))};std={string.Join(",", image.Std.Select(Text))}";
    }

    private static ImageBinding? With(ImageBinding binding, string key, string value)
    {
        var settings = binding.Settings;
        ImageSettings? next = key switch
        {
            "input" => settings,
            "layout" => OptionWords.Parse<ImageLayout>(value) is { } layout ? settings with { Layout = layout } : null,
            "color" => OptionWords.Parse<ImageColor>(value) is { } color ? settings with { Color = color } : null,
            "resize" => ImageGrammar.Resize(value) is { } resize ? settings with { Resize = resize } : null,
            "crop" => ImageGrammar.CenterCrop(value) is { } side ? settings with { CenterCrop = side } : null,
            "scale" => Numbers(value) is { Length: 1 } scale ? settings with { Scale = scale[0] } : null,
            "mean" => Numbers(value) is { } mean ? settings with { Mean = new(mean) } : null,
            "std" => Numbers(value) is { } std ? settings with { Std = new(std) } : null,
            _ => null,
        };
        return next is null ? null : new ImageBinding(key == "input" ? value : binding.Input, next);
    }

    private static float[]? Numbers(string text)
    {
        var numbers = new List<float>();
        foreach (var part in text.Split(','))
        {
            if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || float.IsNaN(number) || float.IsInfinity(number))
                return null;
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static string Text(float number) => number.ToString("R", CultureInfo.InvariantCulture);
}
