using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Symmetric scales that cover the weights of each channel.</summary>
internal static class WeightScales
{
    /// <summary>s = max |w| / qmax for each channel; 1 for a channel of zeros.</summary>
    public static float[] Covering(Tensor weight, ChannelLayout layout, IntegerFormat format)
    {
        var floats = weight.Span<float>();
        var scales = new float[layout.Channels];
        for (var channel = 0; channel < layout.Channels; channel++)
        {
            var greatest = 0f;
            for (var outer = 0; outer < layout.Outer; outer++)
                greatest = Math.Max(greatest, Math.Abs(TensorPrimitives.MaxMagnitude(floats.Slice(layout.Start(outer, channel), layout.Inner))));
            scales[channel] = QuantizationParameters.Covering(new ValueRange(-greatest, greatest), format).Scale;
        }

        return scales;
    }
}
