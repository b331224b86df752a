using System.Numerics.Tensors;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Passes;

/// <summary>Finds the range that a value would have had without its scales, in the same run of the samples.</summary>
/// <remarks>Only for showing what the scales are worth: of many samples, every eighth is enough.</remarks>
/// <param name="scaled">What the value was divided by.</param>
/// <param name="estimator">Sees the value multiplied by it.</param>
internal sealed class UnscaledEstimator(ScaledValue scaled, IRangeEstimator estimator) : IRangeEstimator, IStoredObserver
{
    private const int MostInFull = 32;
    private const int OfMany = 8;

    private float[] _numbers = [];
    private int _samples;

    public ValueRange? Range => estimator.Range;

    /// <summary>The scales follow from the model and the samples, as the weights do that they went into.</summary>
    public string Kind => $"unscaled {Stored.Kind}";

    private IStoredObserver Stored => (IStoredObserver)estimator;

    public void Save(BinaryWriter writer) => Stored.Save(writer);

    public void Load(BinaryReader reader) => Stored.Load(reader);

    public void Observe(Tensor sample)
    {
        if (++_samples > MostInFull && _samples % OfMany != 0)
            return;
        var layout = ChannelLayout.Of(sample.Dims, scaled.Axis);
        var numbers = sample.Span<float>();
        _numbers = _numbers.Length == numbers.Length ? _numbers : new float[numbers.Length];
        for (var outer = 0; outer < layout.Outer; outer++)
        {
            for (var channel = 0; channel < layout.Channels; channel++)
            {
                var start = layout.Start(outer, channel);
                TensorPrimitives.Multiply(numbers.Slice(start, layout.Inner), scaled.Scales[channel], _numbers.AsSpan(start, layout.Inner));
            }
        }

        estimator.Observe(Tensor.Of(_numbers, sample.Dims));
    }
}
