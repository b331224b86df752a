using ModelCompiler.Contract;

namespace ModelCompiler.Training.Augmentation;

/// <summary>How the numbers of one image lie in a tensor.</summary>
/// <param name="Channels">Planes, or interleaved.</param>
/// <param name="IsInterleaved">True where the channels of a pixel lie side by side (NHWC).</param>
internal sealed record ImageForm(int Channels, int Height, int Width, bool IsInterleaved)
{
    /// <summary>The planes of one image, or the one plane of pixels: how many there are, and how many numbers a place of them has.</summary>
    public (int Planes, int Numbers) Planes => IsInterleaved ? (1, Channels) : (Channels, 1);

    /// <summary>Null for an input that no image becomes, or one whose tensor has another form.</summary>
    /// <param name="input">What is known of the input.</param>
    /// <param name="dims">Of a sample.</param>
    public static ImageForm? Of(ManifestInput input, ReadOnlySpan<long> dims) => input.Image is { } image && dims.Length == 4
        ? image.Layout == ImageLayout.Nhwc ? new((int)dims[3], (int)dims[1], (int)dims[2], true) : new((int)dims[1], (int)dims[2], (int)dims[3], false)
        : null;
}
