using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>
/// Finds the text files with the boxes of a folder's images, as the tools around YOLO lay them: beside each image, or in a folder <c>labels</c> that mirrors a
/// folder <c>images</c>. An image without a file has no objects.
/// </summary>
internal static class BoxFolder
{
    /// <summary>The folder with the images: the one given, or its folder <c>images</c>.</summary>
    public static string ImagesOf(string folder) =>
        Directory.Exists(Path.Combine(folder, BoxLabels.Pictures)) && !ImageFolder.HasImages(folder) ? Path.Combine(folder, BoxLabels.Pictures) : folder;

    /// <summary>The same images, each with the place of its boxes; as they were where no image has any.</summary>
    public static IReadOnlyList<LabelledFile> WithBoxes(string folder, IReadOnlyList<LabelledFile> images)
    {
        foreach (var boxes in new[] { folder, BoxLabels.MirrorOf(folder) }.OfType<string>())
        {
            LabelledFile[] labelled = [.. images.Select(image => image with { Boxes = Path.Combine(boxes, Path.GetFileNameWithoutExtension(image.Path) + ".txt") })];
            if (Array.Exists(labelled, image => File.Exists(image.Boxes)))
                return labelled;
        }

        return images;
    }
}
