using ModelCompiler.Contract;
using static ModelCompiler.Generator.Tests.Manifests;

namespace ModelCompiler.Generator.Tests;

/// <summary>Models that predict numbers.</summary>
internal static class RegressionManifests
{
    /// <summary>One value for each sample of an open batch.</summary>
    public static ModelManifest Price { get; } = Manifests.Model("price", "Price") with
    {
        Task = ModelTask.Regression,
        Inputs = new([new ManifestInput(ValueSignature.Tensor("features", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(2), Dimension.Of(2)), null)]),
        Outputs = new([new ManifestOutput(ValueSignature.Tensor("price", ElementType.Float32, Dimension.Named("batch")), OutputKind.Value)]),
    };

    /// <summary>Named values of an image.</summary>
    public static ModelManifest Pose { get; } = Manifests.Model("pose", "Pose") with
    {
        Task = ModelTask.Regression,
        Inputs = new([new ManifestInput(Float("face", 1, 1, 1, 3), Gray(3) with { Resize = ImageResize.None, Scale = 1 })]),
        Outputs = new([new ManifestOutput(Float("angles", 1, 3), OutputKind.Value)]),
        Labels = new(["yaw", "pitch", "roll"]),
    };

    /// <summary>Values without names, and an output that is not predicted.</summary>
    public static ModelManifest Forecast { get; } = Manifests.Model("forecast", "Forecast") with
    {
        Task = ModelTask.Regression,
        Inputs = new([new ManifestInput(ValueSignature.Tensor("options", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(4)), null)]),
        Outputs = new(
        [
            new ManifestOutput(ValueSignature.Tensor("spread", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(4)), OutputKind.Raw),
            new ManifestOutput(ValueSignature.Tensor("mean", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(4)), OutputKind.Value),
        ]),
    };

    /// <summary>Named values for each sample of an open batch.</summary>
    public static ModelManifest Sizes { get; } = Manifests.Model("sizes", "Sizes") with
    {
        Task = ModelTask.Regression,
        Inputs = new([new ManifestInput(ValueSignature.Tensor("x", ElementType.Float32, Dimension.Unknown, Dimension.Of(2)), null)]),
        Outputs = new([new ManifestOutput(ValueSignature.Tensor("y", ElementType.Float32, Dimension.Unknown, Dimension.Of(2)), OutputKind.Value)]),
        Labels = new(["width", "height"]),
    };

    /// <summary>A scalar.</summary>
    public static ModelManifest Rating { get; } = Manifests.Model("rating", "Rating") with
    {
        Task = ModelTask.Regression,
        Inputs = new([new ManifestInput(Float("features", 2, 2), null)]),
        Outputs = new([new ManifestOutput(ValueSignature.Tensor("rating", ElementType.Float32), OutputKind.Value)]),
    };

    public static IEnumerable<ModelManifest> All => [Price, Pose, Forecast, Sizes, Rating];
}
