using System.Numerics.Tensors;
using ModelCompiler.Contract;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Evaluation.Adversarial;

/// <summary>How far each element of an input may be moved, and between which values it stays.</summary>
/// <param name="Radius">The budget of each element in the input's own numbers: the L∞ ball around a sample.</param>
/// <param name="Low">The least value of each element.</param>
/// <param name="High">The greatest value of each element.</param>
internal sealed record PerturbationLimits(float[] Radius, float[] Low, float[] High)
{
    /// <summary>Of the range of an element: 8 of the 255 steps of a byte, the usual budget for photos, which a person hardly sees.</summary>
    public const float Budget = 8f / 255;

    /// <summary>Of an image: 8 steps of each byte, and bytes stay bytes, in what preprocessing makes of them.</summary>
    /// <param name="image">How bytes become numbers.</param>
    /// <param name="planes">Where the channels of the tensor are.</param>
    public static PerturbationLimits OfImage(ImageInput image, ImagePlanes planes)
    {
        var limits = new PerturbationLimits(new float[planes.Count], new float[planes.Count], new float[planes.Count]);
        for (var i = 0; i < planes.Count; i++)
        {
            var (mean, std) = (image.Mean[planes.ChannelOf(i)], image.Std[planes.ChannelOf(i)]);
            var (black, white) = (-mean / std, ((255 * image.Scale) - mean) / std);
            limits.Radius[i] = Budget * Math.Abs(white - black);
            (limits.Low[i], limits.High[i]) = (Math.Min(black, white), Math.Max(black, white));
        }

        return limits;
    }

    /// <summary>Of any numbers: relative to the range in which each element was seen; one that never changed is left alone.</summary>
    /// <param name="seen">Samples of the input, all of one shape.</param>
    public static PerturbationLimits OfRange(IReadOnlyList<Tensor> seen)
    {
        float[] low = seen[0].Span<float>().ToArray(), high = [.. low];
        foreach (var tensor in seen.Skip(1))
        {
            TensorPrimitives.Min(low, tensor.Span<float>(), low);
            TensorPrimitives.Max(high, tensor.Span<float>(), high);
        }

        return new PerturbationLimits([.. low.Zip(high, (least, greatest) => Budget * (greatest - least))], low, high);
    }

    /// <summary>Writes the sample with each element moved by its radius in the direction of its sign.</summary>
    public void Apply(ReadOnlySpan<float> sample, ReadOnlySpan<sbyte> signs, Span<float> moved)
    {
        for (var i = 0; i < moved.Length; i++)
        {
            // An element that lies outside already, such as a letterbox's bar that is no byte, is not drawn inside.
            var (low, high) = (Math.Min(Low[i], sample[i]), Math.Max(High[i], sample[i]));
            moved[i] = Math.Clamp(sample[i] + (signs[i] * Radius[i]), low, high);
        }
    }
}
