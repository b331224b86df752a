using ModelCompiler.Calibration;
using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Calibration;

/// <summary>Signatures for data sets to fit.</summary>
internal static class Models
{
    /// <summary>RGB, 0 to 1, channels first.</summary>
    public static readonly ImageInput Rgb = new(ImageLayout.Nchw, ImageColor.Rgb, ImageResize.None, null, 1 / 255f, new([0f]), new([1f]));

    public static DataModel Image(ImageInput image, params long[] shape) =>
        new([new ManifestInput(Tensor("x", ElementType.Float32, shape), image)], [], []);

    public static DataModel Of(params ValueSignature[] inputs) => new([.. inputs.Select(input => new ManifestInput(input, null))], [], []);

    /// <summary>A negative size is one that is left open.</summary>
    public static ValueSignature Tensor(string name, ElementType type, params long[] shape) =>
        ValueSignature.Tensor(name, type, [.. shape.Select(size => size < 0 ? Dimension.Unknown : Dimension.Of(size))]);
}
