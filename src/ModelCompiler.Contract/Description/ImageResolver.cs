namespace ModelCompiler.Contract;

/// <summary>Decides which inputs are images and how an image becomes them.</summary>
internal sealed class ImageResolver(string file, ModelSignature signature, Action<ModelDiagnostic> report)
{
    /// <summary>For each input its image, or null where it is none.</summary>
    public IReadOnlyList<ImageInput?> Resolve(EquatableArray<ImageBinding> said)
    {
        var images = new ImageInput?[signature.Inputs.Count];
        foreach (var binding in said)
        {
            var index = IndexOf(binding);
            images[index] = Complete(signature.Inputs[index], binding.Settings);
        }
        if (said.Count == 0 && OnlyCandidate() is { } candidate && ImageMetadata.Read(signature.Metadata) is { } settings)
        {
            images[candidate] = Complete(signature.Inputs[candidate], settings);
            Report(signature.Inputs[candidate], "The image of the input", PixelText(images[candidate]!), "the model's Image.* metadata");
        }
        return images;
    }

    private int IndexOf(ImageBinding binding)
    {
        var index = binding.Input.Length == 0 ? OnlyCandidate() ?? -1 : IndexOf(binding.Input);
        if (index >= 0)
            return index;
        var inputs = string.Join(", ", signature.Inputs.Select(input => input.Name));
        throw binding.Input.Length == 0
            ? DoesNotFit("An image", $"not exactly one of its inputs ({inputs}) can be an image; name one with input=")
            : DoesNotFit($"The input '{binding.Input}'", $"its inputs are: {inputs}");
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < signature.Inputs.Count; i++)
        {
            if (signature.Inputs[i].Name == name)
                return i;
        }
        return -1;
    }

    private int? OnlyCandidate()
    {
        var candidates = Enumerable.Range(0, signature.Inputs.Count).Where(i => ImageShape.CanBe(signature.Inputs[i])).ToArray();
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private ImageInput Complete(ValueSignature input, ImageSettings settings)
    {
        var what = $"The image of the input '{input.Name}'";
        if (!ImageShape.CanBe(input))
            throw DoesNotFit(what, "an image needs a tensor of three or four dimensions and a numeric type");
        var layout = settings.Layout ?? ImageShape.LayoutOf(input) ?? throw DoesNotFit(what, $"its shape {ImageShape.Text(input)} does not show where the channels are; say layout=NCHW or layout=NHWC");
        var shape = ImageShape.Of(input, layout);
        var color = settings.Color ?? GuessColor(input, shape);
        var channels = color == ImageColor.Gray ? 1 : 3;
        if (shape.Channels is { } declared && declared != channels)
            throw DoesNotFit(what, $"the colour {OptionWords.Word(color)} has {channels} channels and the input {declared}");
        var resize = settings.Resize ?? GuessResize(input, shape);
        CheckSize(what, shape, resize, settings.CenterCrop);
        return new ImageInput(
            layout, color, resize, settings.CenterCrop, settings.Scale ?? 1,
            PerChannel(what, "mean", settings.Mean, channels, 0), PerChannel(what, "std", settings.Std, channels, 1));
    }

    private ImageColor GuessColor(ValueSignature input, ImageShape shape)
    {
        if (shape.Channels == 1)
            return ImageColor.Gray;
        Report(input, "The colour order of the input", "RGB", "habit");
        return ImageColor.Rgb;
    }

    private ImageResize GuessResize(ValueSignature input, ImageShape shape)
    {
        if (shape is not { Height: { } height, Width: { } width })
            return ImageResize.None;
        var resize = new ImageResize(ImageResizeKind.Stretch, width, height, 0, false);
        Report(input, "The resizing of the input", ImageGrammar.Text(resize), "its shape");
        return resize;
    }

    private void CheckSize(string what, ImageShape shape, ImageResize resize, int? crop)
    {
        var width = crop ?? (resize.Kind is ImageResizeKind.Stretch or ImageResizeKind.Letterbox ? resize.Width : null);
        var height = crop ?? (resize.Kind is ImageResizeKind.Stretch or ImageResizeKind.Letterbox ? resize.Height : null);
        if (width is null && resize.Kind == ImageResizeKind.ShortSide && (shape.Width ?? shape.Height) is { } side)
            throw DoesNotFit(what, $"shortSide leaves the long side open and the input is fixed; add crop=center:{side}");
        if ((width is not null && shape.Width is not null && width != shape.Width) || (height is not null && shape.Height is not null && height != shape.Height))
            throw DoesNotFit(what, $"it is prepared as {width}x{height} and the input takes {shape.Width}x{shape.Height}");
    }

    private EquatableArray<float> PerChannel(string what, string name, EquatableArray<float> values, int channels, float otherwise)
    {
        if (values.Count > 1 && values.Count != channels)
            throw DoesNotFit(what, $"{name} has {values.Count} numbers for {channels} channels");
        if (name == "std" && values.Contains(0))
            throw DoesNotFit(what, "std holds a zero, and pixels are divided by it");
        return values.Count == channels ? values : new(Enumerable.Repeat(values.Count == 0 ? otherwise : values[0], channels));
    }

    private void Report(ValueSignature input, string what, string guess, string source) =>
        report(DiagnosticRules.Guessed.Create(file, $"{what} '{input.Name}'", guess, source));

    private static string PixelText(ImageInput image) => FormattableString.Invariant(
        $"{OptionWords.Word(image.Color)}, pixel·{image.Scale:G4} − {image.Mean[0]:G4}, {ImageGrammar.Text(image.Resize)}");

    private DiagnosticException DoesNotFit(string what, string reason) => new(DiagnosticRules.OptionDoesNotFit.Create(file, what, reason));
}
