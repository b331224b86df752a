using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>
/// Finds the masks of a folder's images: <c>&lt;image&gt;.png</c> in its folder <c>masks</c>, or in a folder <c>masks</c> that mirrors a folder <c>images</c>. An image
/// without one is not labelled.
/// </summary>
internal static class MaskFolder
{
    /// <summary>The same images, each with its mask where there is one.</summary>
    public static IReadOnlyList<LabelledFile> WithMasks(string folder, IReadOnlyList<LabelledFile> images)
    {
        foreach (var masks in new[] { Path.Combine(folder, MaskLabels.Folder), MaskLabels.MirrorOf(folder) }.OfType<string>())
        {
            LabelledFile[] labelled = [.. images.Select(image => image with { Mask = Path.Combine(masks, Path.GetFileNameWithoutExtension(image.Path) + ".png") })];
            if (Array.Exists(labelled, image => File.Exists(image.Mask)))
                return [.. labelled.Select(image => File.Exists(image.Mask) ? image : image with { Mask = null })];
        }

        return images;
    }
}
