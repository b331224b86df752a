using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>Turns images into the tensors of one input: preprocessed by the runtime's code, in the input's rank and element type.</summary>
internal sealed class ImageTensors(ManifestInput input)
{
    private readonly ImagePreprocessing _preprocessing = ImagePreprocessings.Of(
        input.Image ?? throw new ArgumentException($"The input '{input.Value.Name}' is no image.", nameof(input)));

    /// <exception cref="ArgumentException">The image is smaller than the crop.</exception>
    /// <exception cref="FormatException">It does not become what the input demands; the message says why.</exception>
    public Tensor Of(PixelBuffer image)
    {
        var plan = _preprocessing.Plan(image.Width, image.Height);
        var values = new byte[plan.Length * sizeof(float)]; // which a tensor holds without a copy
        plan.Fill(image, MemoryMarshal.Cast<byte, float>(values.AsSpan()));
        long[] dims = _preprocessing.Layout == TensorLayout.Nchw
            ? [1, plan.Channels, plan.Height, plan.Width]
            : [1, plan.Height, plan.Width, plan.Channels];
        if (input.Value.Shape is { Count: 3 })
            dims = dims[1..];
        if (InputFit.Mismatch(input.Value, dims) is { } mismatch)
            throw new FormatException(mismatch);
        return InElementType(new Tensor(ElementType.Float32, dims, new ManagedTensorData(values)));
    }

    /// <summary>A sample with the input that the image becomes, and with all that is known of the image.</summary>
    /// <exception cref="DiagnosticException">MC0010 the image is smaller than the crop; MC0011 it does not become what the input demands.</exception>
    public Sample SampleOf(SourceImage source)
    {
        try
        {
            var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [input.Value.Name] = Of(source.Image.Pixels) };
            return source.Known with { Inputs = inputs, Picture = PictureOf(source.Image) };
        }
        catch (FormatException exception)
        {
            throw DataSet.DoesNotFit(source.Set, $"{exception.Message} ('{source.File}')");
        }
        catch (ArgumentException exception)
        {
            // .NET adds the name of the parameter to the message.
            throw DataSet.Unreadable(source.File, exception.Message.Split(" (Parameter '")[0]);
        }
    }

    /// <summary>Where the image's pixels end up.</summary>
    private Picture PictureOf(RgbImage image) => new(image.Width, image.Height, _preprocessing.Plan(image.Width, image.Height).Geometry);

    private Tensor InElementType(Tensor values) => input.Value.ElementType switch
    {
        ElementType.Float32 => values,
        ElementType.Float16 => Converted(values, value => (Half)value),
        ElementType.Float64 => Converted(values, value => (double)value),
        ElementType.UInt8 => Converted(values, value => (byte)Math.Clamp(MathF.Round(value), 0, 255)),
        ElementType.Int8 => Converted(values, value => (sbyte)Math.Clamp(MathF.Round(value), -128, 127)),
        var other => throw new FormatException($"the input '{input.Value.Name}' is of type {other.OnnxName()}, which an image cannot become"),
    };

    private static Tensor Converted<T>(Tensor values, Converter<float, T> convert)
        where T : unmanaged => Tensor.Of(Array.ConvertAll(values.ToFloats(), convert), values.Dims);
}
