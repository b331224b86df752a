using System.Buffers;
using System.Globalization;

namespace ModelCompiler;

/// <summary>The prepared work that turns images of one size into a model's input: sizes, positions and filter tables.</summary>
/// <remarks>Immutable and thread-safe. <see cref="Fill"/> allocates nothing once the array pool is warm.</remarks>
public sealed class ImagePlan
{
    private readonly ImagePreprocessing _preprocessing;
    private readonly ImagePlacement _placement;
    private readonly AxisTaps _x;
    private readonly AxisTaps _y;

    private ImagePlan(ImagePreprocessing preprocessing, ImagePlacement placement, int sourceWidth, int sourceHeight)
    {
        _preprocessing = preprocessing;
        _placement = placement;
        SourceWidth = sourceWidth;
        SourceHeight = sourceHeight;
        Geometry = placement.Geometry(sourceWidth, sourceHeight);
        _x = new AxisTaps(sourceWidth, placement.ResizedWidth, placement.Visible.X, placement.Visible.Width);
        _y = new AxisTaps(sourceHeight, placement.ResizedHeight, placement.Visible.Y, placement.Visible.Height);
    }

    /// <summary>Width of the upright images that the plan is for.</summary>
    public int SourceWidth { get; }

    /// <summary>Height of the upright images that the plan is for.</summary>
    public int SourceHeight { get; }

    /// <summary>Width of the model's input.</summary>
    public int Width => _placement.OutputWidth;

    /// <summary>Height of the model's input.</summary>
    public int Height => _placement.OutputHeight;

    /// <summary>Channels of the model's input: 1 or 3.</summary>
    public int Channels => _preprocessing.ChannelCount;

    /// <summary>Values that <see cref="Fill"/> writes: <c>Channels · Height · Width</c>.</summary>
    public int Length => checked(Channels * Height * Width);

    /// <summary>Where the pixels of the upright source end up.</summary>
    public ImageGeometry Geometry { get; }

    /// <summary>Writes the model's input for one image.</summary>
    /// <param name="source">An image of <see cref="SourceWidth"/> × <see cref="SourceHeight"/> pixels, in any pixel format and orientation.</param>
    /// <param name="destination"><see cref="Length"/> values, in the layout of the preprocessing.</param>
    /// <exception cref="ArgumentException">The image has another size, or the destination another length.</exception>
    public void Fill(PixelBuffer source, Span<float> destination)
    {
        Check(source, destination);
        if (!_placement.FillsOutput)
            FillBars(destination);

        if (_x.Count > 0 && _y.Count > 0)
            FillImage(source, destination);
    }

    internal static ImagePlan Create(ImagePreprocessing preprocessing, int sourceWidth, int sourceHeight)
    {
        var placement = ImagePlacement.Create(preprocessing.Resize, preprocessing.CenterCrop, sourceWidth, sourceHeight);
        return new ImagePlan(preprocessing, placement, sourceWidth, sourceHeight);
    }

    private void FillImage(PixelBuffer source, Span<float> destination)
    {
        var path = new ImagePath(_x, _y, source.Orientation, Tensor);
        var planes = ImagePlanes.Of(source, lumaSuffices: Channels == 1);
        var matrix = ColorMatrix.Create(source.Format, source.Chroma.Color, _preprocessing.Channels);
        var writer = new RowWriter(_preprocessing, planes.StartsWithV ? matrix.WithSecondAndThirdSwapped() : matrix);

        var scratch = ArrayPool<float>.Shared.Rent(ImageResizer.ScratchLength(planes, path));
        try
        {
            new ImageResizer(planes, path, scratch).Fill(writer, destination);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }

    /// <summary>Where the upper left pixel of the visible part lies in the tensor, and how far from there the others are.</summary>
    private TensorPixels Tensor
    {
        get
        {
            var (pixelStep, channelStep) = Steps;
            return new(((_placement.Top * Width) + _placement.Left) * pixelStep, pixelStep, Width * pixelStep, channelStep);
        }
    }

    private (int Pixel, int Channel) Steps =>
        _preprocessing.Layout == TensorLayout.Nchw ? (1, Width * Height) : (Channels, 1);

    private void FillBars(Span<float> destination)
    {
        var (pixelStep, channelStep) = Steps;
        for (var channel = 0; channel < Channels; channel++)
        {
            var (gain, bias) = _preprocessing.Affine(channel);
            var value = (_preprocessing.Resize.Fill * gain) + bias;
            for (var pixel = 0; pixel < Width * Height; pixel++)
                destination[(pixel * pixelStep) + (channel * channelStep)] = value;
        }
    }

    private void Check(PixelBuffer source, ReadOnlySpan<float> destination)
    {
        if (source.Width != SourceWidth || source.Height != SourceHeight)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The plan is for images of {SourceWidth}×{SourceHeight} pixels, but {source.Width}×{source.Height} was given."), nameof(source));
        }

        if (destination.Length != Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The input has {Channels}×{Height}×{Width} = {Length} values, but the destination has {destination.Length}."), nameof(destination));
        }
    }
}
