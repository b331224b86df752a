namespace ModelCompiler.Contract;

/// <summary>What a model's own metadata says of its image, as Windows ML's converters write it.</summary>
/// <remarks>Keys and values: "Metadata" in the ONNX project's docs (docs/MetadataProps.md).</remarks>
internal static class ImageMetadata
{
    /// <summary>Null unless both the pixel format and the range are said, since only then nothing is left to guess.</summary>
    public static ImageSettings? Read(EquatableArray<MetadataEntry> metadata)
    {
        ImageColor? color = Find(metadata, "Image.BitmapPixelFormat") switch
        {
            "Rgb8" => ImageColor.Rgb,
            "Bgr8" => ImageColor.Bgr,
            "Gray8" => ImageColor.Gray,
            _ => null,
        };
        (float Scale, float Mean)? range = Find(metadata, "Image.NominalPixelRange") switch
        {
            "NominalRange_0_255" => (1, 0),
            "Normalized_0_1" => (1 / 255f, 0),
            "Normalized_1_1" => (1 / 127.5f, 1),
            _ => null,
        };
        return color is null || range is not { } known ? null : new ImageSettings { Color = color, Scale = known.Scale, Mean = new([known.Mean]) };
    }

    private static string? Find(EquatableArray<MetadataEntry> metadata, string key) => metadata.FirstOrDefault(entry => entry.Key == key)?.Value;
}
