using ModelCompiler.Contract;

namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>Where the pixels of one image are in a tensor.</summary>
/// <param name="Layout">The order of the tensor's axes.</param>
/// <param name="Channels">Of a pixel.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record ImagePlanes(ImageLayout Layout, int Channels, int Height, int Width)
{
    public int Count => Channels * Height * Width;

    /// <param name="layout">The order of the tensor's axes.</param>
    /// <param name="dims">Of the tensor, with or without a batch axis of 1.</param>
    public static ImagePlanes Of(ImageLayout layout, ReadOnlySpan<long> dims)
    {
        var sides = dims[^3..];
        return layout == ImageLayout.Nchw ? new(layout, (int)sides[0], (int)sides[1], (int)sides[2]) : new(layout, (int)sides[2], (int)sides[0], (int)sides[1]);
    }

    public int ChannelOf(int index) => Layout == ImageLayout.Nchw ? index / (Height * Width) : index % Channels;

    public int IndexOf(int channel, int y, int x) => Layout == ImageLayout.Nchw ? (((channel * Height) + y) * Width) + x : (((y * Width) + x) * Channels) + channel;
}
