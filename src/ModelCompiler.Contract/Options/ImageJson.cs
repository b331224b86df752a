namespace ModelCompiler.Contract;

/// <summary>The JSON form of an image: what <see cref="InputJson"/> has under <c>image</c>.</summary>
internal static class ImageJson
{
    public static ImageSettings Read(JsonObject image)
    {
        var settings = new ImageSettings
        {
            Layout = ModelOptionsJson.Word<ImageLayout>(image, "layout", OptionWords.Layouts),
            Color = ModelOptionsJson.Word<ImageColor>(image, "color", OptionWords.Colors),
            Resize = image.String("resize") is { } resize ? ImageGrammar.Resize(resize) ?? throw image.Invalid("resize", ImageGrammar.ResizeForm) : null,
            CenterCrop = image.String("crop") is { } crop ? ImageGrammar.CenterCrop(crop) ?? throw image.Invalid("crop", ImageGrammar.CropForm) : null,
            Scale = (float?)image.Number("scale"),
            Mean = new(image.Numbers("mean")),
            Std = new(image.Numbers("std")),
        };
        image.RejectUnknown();
        return settings;
    }

    public static void Write(JsonText json, ImageSettings settings)
    {
        json.String("layout", settings.Layout is { } layout ? OptionWords.Word(layout) : null);
        json.String("color", settings.Color is { } color ? OptionWords.Word(color) : null);
        json.String("resize", settings.Resize is { } resize ? ImageGrammar.Text(resize) : null);
        json.String("crop", settings.CenterCrop is { } side ? ImageGrammar.CropText(side) : null);
        json.Number("scale", settings.Scale);
        json.Numbers("mean", settings.Mean);
        json.Numbers("std", settings.Std);
    }
}
