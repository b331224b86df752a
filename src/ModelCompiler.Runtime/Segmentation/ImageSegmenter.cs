using System.Buffers;
using System.Globalization;

namespace ModelCompiler;

/// <summary>Reads the class of each pixel from the output of a segmentation model, in pixels of the image that was given.</summary>
/// <param name="model">The model.</param>
/// <param name="output">The number of its output.</param>
/// <param name="form">What the output's numbers are.</param>
/// <param name="channelsLast">True where the axis of the classes, or one of length 1 in its place, is the last.</param>
public sealed class ImageSegmenter(ModelDefinition model, int output, ClassMapForm form, bool channelsLast = false)
{
    /// <summary>Reads scores, or numbers of the foreground, of the image that the call was given.</summary>
    /// <remarks>Scores are interpolated to the image's pixels before the highest is taken, which gives smoother edges than enlarging the classes.</remarks>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <param name="call">After its run.</param>
    /// <param name="image">The image that it was given.</param>
    /// <param name="geometry">Where its pixels ended up in the model's input.</param>
    /// <exception cref="InvalidOperationException">The output has another form than was said.</exception>
    public SegmentationMask<TLabel> Read<TLabel>(ModelCall call, PixelBuffer image, ImageGeometry geometry)
        where TLabel : unmanaged
    {
        ArgumentNullException.ThrowIfNull(call);
        if (form == ClassMapForm.Indices)
            return ReadIndices<TLabel, float>(call, image, geometry);
        var values = Values<float>(call, out var width, out var height);
        var scores = form == ClassMapForm.Scores
            ? new ScoreMap(values, width, height, channelsLast)
            : new ScoreMap(values, width, height, channelsLast) { FirstClass = 1, Floor = form == ClassMapForm.Probability ? 0.5f : 0 };
        var best = ArrayPool<ushort>.Shared.Rent(width * height);
        try
        {
            scores.Best(best);
            var (rows, columns) = Lines(call, image, geometry, width, height);
            return new SegmentationMask<TLabel>(MaskSampler.Interpolated(scores, best, rows, columns), image.Width, image.Height);
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(best);
        }
    }

    /// <summary>Reads the indices of classes of the image that the call was given.</summary>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <typeparam name="TIndex">The element type of the output.</typeparam>
    /// <param name="call">After its run.</param>
    /// <param name="image">The image that it was given.</param>
    /// <param name="geometry">Where its pixels ended up in the model's input.</param>
    /// <exception cref="InvalidOperationException">The output has another form than was said, or a number is no index of a class.</exception>
    public SegmentationMask<TLabel> ReadIndices<TLabel, TIndex>(ModelCall call, PixelBuffer image, ImageGeometry geometry)
        where TLabel : unmanaged
        where TIndex : unmanaged
    {
        ArgumentNullException.ThrowIfNull(call);
        var values = Values<TIndex>(call, out var width, out var height);
        var classes = ArrayPool<ushort>.Shared.Rent(values.Length);
        try
        {
            IndexMap.Read(values, classes);
            var (rows, columns) = Lines(call, image, geometry, width, height);
            return new SegmentationMask<TLabel>(MaskSampler.Nearest(classes, width, rows, columns), image.Width, image.Height);
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(classes);
        }
    }

    /// <summary>The output and the size of its map. Where the model leaves that open, only a copy of the output knows it.</summary>
    private ReadOnlySpan<T> Values<T>(ModelCall call, out int width, out int height)
        where T : unmanaged
    {
        var shape = model.Outputs[output].Dimensions;
        ReadOnlySpan<T> values;
        if (shape is not null && shape.All(axis => axis >= 0))
        {
            values = call.Output<T>(output);
        }
        else
        {
            var tensor = call.ReadOutput<T>(output);
            values = tensor.Span;
            shape = tensor.Shape.ToArray();
        }

        var last = shape.Count - (channelsLast ? 2 : 1);
        (width, height) = last < 1 ? (0, 0) : ((int)shape[last], (int)shape[last - 1]);
        var scores = form != ClassMapForm.Scores || last < 1 ? 1 : shape.Count < 3 ? 0 : shape[shape.Count - (channelsLast ? 1 : 3)];
        if (values.IsEmpty || values.Length != scores * width * height)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The output {model.Outputs[output]} has the shape [{TensorShape.Text([.. shape])}], which is no map of {form.ToString().ToLowerInvariant()} of one image."));
        return values;
    }

    private static (SamplePoint[] Rows, SamplePoint[] Columns) Lines(ModelCall call, PixelBuffer image, ImageGeometry geometry, int width, int height)
    {
        var (modelWidth, modelHeight) = call.PreparedSize;
        return (
            SamplePoint.Line(image.Height, geometry.ScaleY, geometry.OffsetY, modelHeight, height),
            SamplePoint.Line(image.Width, geometry.ScaleX, geometry.OffsetX, modelWidth, width));
    }
}
