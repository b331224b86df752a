using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Preprocessing;

/// <summary>The usual ways from bytes to a model's numbers, in one of which most models were trained. Resizing and cropping stay as they are declared.</summary>
internal static class PreprocessingAlternatives
{
    private const float OfByte = 1 / 255f;

    /// <summary>In the order of red, green, blue; scale, mean and standard deviation.</summary>
    private static readonly (float Scale, float[] Mean, float[] Std)[] Colours =
    [
        (1, [0, 0, 0], [1, 1, 1]), // 0 to 255
        (OfByte, [0, 0, 0], [1, 1, 1]), // 0 to 1
        (OfByte, [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]), // −1 to 1
        (OfByte, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]), // torchvision, of ImageNet
        (1, [123.68f, 116.78f, 103.94f], [1, 1, 1]), // Caffe, of ImageNet
    ];

    private static readonly (float Scale, float[] Mean, float[] Std)[] Grays =
    [
        (1, [0], [1]), // 0 to 255
        (OfByte, [0], [1]), // 0 to 1
        (OfByte, [0.5f], [0.5f]), // −1 to 1
        (OfByte, [0.1307f], [0.3081f]), // torchvision's examples, of MNIST
    ];

    /// <summary>Those that give other numbers than the declared one, no two the same.</summary>
    /// <param name="declared">What the project says.</param>
    /// <param name="isFloat">False for an input of integers, which takes bytes as they are: only the order of colours is in question.</param>
    public static IReadOnlyList<ImageInput> Of(ImageInput declared, bool isFloat)
    {
        var known = new List<ImageInput> { declared };
        foreach (var alternative in All(declared, isFloat))
        {
            if (!known.Exists(other => AreSame(other, alternative)))
                known.Add(alternative);
        }

        return known[1..];
    }

    private static IEnumerable<ImageInput> All(ImageInput declared, bool isFloat)
    {
        if (declared.Color == ImageColor.Gray)
            return isFloat ? Grays.Select(form => declared with { Scale = form.Scale, Mean = new(form.Mean), Std = new(form.Std) }) : [];
        var swapped = declared with { Color = declared.Color == ImageColor.Rgb ? ImageColor.Bgr : ImageColor.Rgb, Mean = new(declared.Mean.Reverse()), Std = new(declared.Std.Reverse()) };
        return isFloat
            ? [.. Colours.SelectMany(form => new[] { InColour(declared, form, ImageColor.Rgb), InColour(declared, form, ImageColor.Bgr) }), swapped]
            : [swapped];
    }

    private static ImageInput InColour(ImageInput declared, (float Scale, float[] Mean, float[] Std) form, ImageColor color) => declared with
    {
        Color = color,
        Scale = form.Scale,
        Mean = new(color == ImageColor.Bgr ? form.Mean.Reverse() : form.Mean),
        Std = new(color == ImageColor.Bgr ? form.Std.Reverse() : form.Std),
    };

    /// <summary>Whether every byte becomes about the same number.</summary>
    private static bool AreSame(ImageInput one, ImageInput other) =>
        one.Color == other.Color && Enumerable.Range(0, one.Mean.Count).All(channel =>
            IsNear(Value(one, channel, 0), Value(other, channel, 0), one, channel) && IsNear(Value(one, channel, 255), Value(other, channel, 255), one, channel));

    private static float Value(ImageInput image, int channel, float pixel) => ((pixel * image.Scale) - image.Mean[channel]) / image.Std[channel];

    /// <summary>Within two steps of a byte: (x − 128) / 128 is −1 to 1.</summary>
    private static bool IsNear(float one, float other, ImageInput image, int channel) => Math.Abs(one - other) <= 2 * Math.Abs(image.Scale / image.Std[channel]);
}
