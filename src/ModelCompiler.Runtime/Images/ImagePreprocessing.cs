using System.Globalization;

namespace ModelCompiler;

/// <summary>How an image becomes a model's input: resized, cropped, then each channel scaled and normalised.</summary>
/// <remarks>
/// The value of a channel is <c>(byte · Scale − Mean) / Std</c>, in the colour order and layout stated here. Instances are immutable
/// and thread-safe; the tables for the last image size are kept, so that frames of one camera cost no set-up.
/// </remarks>
public sealed class ImagePreprocessing
{
    private ImagePlan? _lastPlan;

    /// <summary>The order of the tensor's axes.</summary>
    public TensorLayout Layout { get; init; } = TensorLayout.Nchw;

    /// <summary>The colour channels and their order.</summary>
    public ChannelOrder Channels { get; init; } = ChannelOrder.Rgb;

    /// <summary>How the image reaches the model's size.</summary>
    public Resizing Resize { get; init; } = Resizing.None;

    /// <summary>The side of the square cut from the middle after resizing; null to keep everything.</summary>
    public int? CenterCrop { get; init; }

    /// <summary>The factor of each byte, before <see cref="Mean"/> is subtracted: 1 keeps 0–255, 1/255 gives 0–1.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>What is subtracted from each channel: one value a channel, or one for all. Empty means 0.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [];

    /// <summary>What each channel is divided by: one value a channel, or one for all. Empty means 1.</summary>
    public IReadOnlyList<float> Std { get; init; } = [];

    /// <summary>Channels of the tensor: 3, or 1 for <see cref="ChannelOrder.Gray"/>.</summary>
    public int ChannelCount => Channels == ChannelOrder.Gray ? 1 : 3;

    /// <summary>Writes the model's input for one image.</summary>
    /// <param name="source">The image, of any size.</param>
    /// <param name="destination">As many values as <see cref="Plan"/> of the image's size says.</param>
    /// <returns>Where the source's pixels ended up.</returns>
    /// <exception cref="ArgumentException">The image is empty or smaller than the crop, or the destination has another length.</exception>
    public ImageGeometry Fill(PixelBuffer source, Span<float> destination)
    {
        var plan = Plan(source.Width, source.Height);
        plan.Fill(source, destination);
        return plan.Geometry;
    }

    /// <summary>The prepared work for images of one size.</summary>
    /// <exception cref="ArgumentException">A size is not positive, or the resized image is smaller than the crop.</exception>
    public ImagePlan Plan(int width, int height)
    {
        var plan = Volatile.Read(ref _lastPlan);
        if (plan is null || plan.SourceWidth != width || plan.SourceHeight != height)
        {
            plan = ImagePlan.Create(this, width, height);
            Volatile.Write(ref _lastPlan, plan);
        }

        return plan;
    }

    /// <summary>The factor and the addend that make a channel's byte its value: <c>byte · Gain + Bias</c>.</summary>
    internal (float Gain, float Bias) Affine(int channel)
    {
        var mean = PerChannel(Mean, channel, nameof(Mean), absent: 0);
        var std = PerChannel(Std, channel, nameof(Std), absent: 1);
        if (std == 0)
            throw new InvalidOperationException("Std must not be 0: values are divided by it.");

        return (Scale / std, -mean / std);
    }

    private float PerChannel(IReadOnlyList<float> values, int channel, string name, float absent)
    {
        if (values.Count == 0)
            return absent;
        if (values.Count == 1)
            return values[0];
        if (values.Count == ChannelCount)
            return values[channel];

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"{name} has {values.Count} values, but the model's image has {ChannelCount} channels. Give one value a channel, or one for all."));
    }
}
