namespace DigitReader.Training.Network;

/// <summary>
/// Feature maps of several samples, channel by channel: [channels, samples, height, width]. With channels outermost, one matrix product
/// serves all samples of a convolution, and a channel's statistics run over contiguous memory.
/// </summary>
internal sealed class Batch(int channels, int samples, int height, int width)
{
    public int Channels { get; } = channels;

    public int Samples { get; } = samples;

    public int Height { get; } = height;

    public int Width { get; } = width;

    /// <summary>Values of one map: height × width.</summary>
    public int MapSize => Height * Width;

    /// <summary>Values of one channel over all samples.</summary>
    public int ChannelSize => Samples * MapSize;

    public float[] Values { get; } = new float[channels * samples * height * width];

    public Span<float> Channel(int channel) => Values.AsSpan(channel * ChannelSize, ChannelSize);

    public Span<float> Map(int channel, int sample) => Values.AsSpan((channel * ChannelSize) + (sample * MapSize), MapSize);

    /// <summary>A batch of the same shape with its own values, all zero.</summary>
    public Batch EmptyLike() => new(Channels, Samples, Height, Width);
}
