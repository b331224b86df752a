using ModelCompiler.Contract;
using static ModelCompiler.Generator.Tests.Manifests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Models with a class for each pixel, so small that a test can answer for them: their scores are the colours of the image.</summary>
internal static class SegmentationManifests
{
    /// <summary>A score for each class, [N, C, H, W].</summary>
    public static ModelManifest Roads { get; } = Manifests.Model("roads", "Roads") with
    {
        Task = ModelTask.Segmentation,
        Inputs = new([new ManifestInput(Float("photo", 1, 3, 4, 4), Color(ImageLayout.Nchw, new ImageResize(ImageResizeKind.Letterbox, 4, 4, 0, false)))]),
        Outputs = new([Map(Float("scores", 1, 3, 4, 4), ClassMapValues.Scores, ImageLayout.Nchw)]),
        Labels = new(["road", "side walk", "sky"]),
    };

    /// <summary>[N, H, W, C] of any size.</summary>
    public static ModelManifest Scenes { get; } = Manifests.Model("scenes", "Scenes") with
    {
        Task = ModelTask.Segmentation,
        Inputs = new([new ManifestInput(Open("photo"), Color(ImageLayout.Nhwc, ImageResize.None))]),
        Outputs = new([Map(Open("scores"), ClassMapValues.Scores, ImageLayout.Nhwc)]),
    };

    /// <summary>How probable the foreground is.</summary>
    public static ModelManifest Portrait { get; } = Manifests.Model("portrait", "Portrait") with
    {
        Task = ModelTask.Segmentation,
        Inputs = new([new ManifestInput(Float("photo", 1, 1, 2, 3), Gray(3) with { Resize = ImageResize.None, Scale = 1, Mean = new([100f]) })]),
        Outputs = new([Map(Float("alpha", 1, 1, 2, 3), ClassMapValues.Probability, ImageLayout.Nchw)]),
        Labels = new(["background", "person"]),
    };

    /// <summary>The class itself, of an image without a batch axis.</summary>
    public static ModelManifest Tissue { get; } = Manifests.Model("tissue", "Tissue") with
    {
        Task = ModelTask.Segmentation,
        Access = Access.Internal,
        Inputs = new([new ManifestInput(Float("slide", 3, 4, 4), Color(ImageLayout.Nchw, ImageResize.None) with { CenterCrop = 4 })]),
        Outputs = new([Map(ValueSignature.Tensor("classes", ElementType.Int64, Dimension.Of(1), Dimension.Of(4), Dimension.Of(4)), ClassMapValues.Indices, ImageLayout.Nchw)]),
    };

    /// <summary>Nobody says which of two maps it is.</summary>
    public static ModelManifest Parts { get; } = Manifests.Model("parts", "Parts") with
    {
        Task = ModelTask.Segmentation,
        Inputs = new([new ManifestInput(Float("photo", 1, 3, 4, 4), Color(ImageLayout.Nchw, ImageResize.None))]),
        Outputs = new([new ManifestOutput(Float("out", 1, 3, 4, 4), OutputKind.Raw), new ManifestOutput(Float("aux", 1, 3, 4, 4), OutputKind.Raw)]),
    };

    public static IEnumerable<ModelManifest> All => [Roads, Scenes, Portrait, Tissue, Parts];

    private static ManifestOutput Map(ValueSignature value, ClassMapValues values, ImageLayout layout) => new(value, OutputKind.ClassMap) { ClassMap = new ClassMapFormat(values, layout) };

    private static ImageInput Color(ImageLayout layout, ImageResize resize) => new(layout, ImageColor.Rgb, resize, null, 1, default, default);

    private static ValueSignature Open(string name) =>
        ValueSignature.Tensor(name, ElementType.Float32, Dimension.Named("n"), Dimension.Named("height"), Dimension.Named("width"), Dimension.Of(3));
}
