using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
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

    /// <summary>Of float32: what a tensor holds without a copy.</summary>
    private byte[] _unscaled = [];
    private int _samples;

    public ValueRange? Range => estimator.Range;

    /// <summary>The scales follow from the model and the samples, as the weights do that they went into.</summary>
    public string Kind => $"unscaled {Stored.Kind}";

    private IRangeEstimator Estimator => estimator;

    private IStoredObserver Stored => (IStoredObserver)estimator;

    public void Save(BinaryWriter writer) => Stored.Save(writer);

    public void Load(BinaryReader reader) => Stored.Load(reader);

    public void Join(IRangeEstimator other) => estimator.Join(((UnscaledEstimator)other).Estimator);

    public void Observe(Tensor sample)
    {
        if (++_samples > MostInFull && _samples % OfMany != 0)
            return;
        var layout = ChannelLayout.Of(sample.Dims, scaled.Axis);
        var numbers = sample.Span<float>();
        _unscaled = _unscaled.Length == numbers.Length * sizeof(float) ? _unscaled : new byte[numbers.Length * sizeof(float)];
        var unscaled = MemoryMarshal.Cast<byte, float>(_unscaled.AsSpan());
        for (var outer = 0; outer < layout.Outer; outer++)
        {
            for (var channel = 0; channel < layout.Channels; channel++)
            {
                var start = layout.Start(outer, channel);
                TensorPrimitives.Multiply(numbers.Slice(start, layout.Inner), scaled.Scales[channel], unscaled.Slice(start, layout.Inner));
            }
        }

        estimator.Observe(new Tensor(ElementType.Float32, sample.Dims, new ManagedTensorData(_unscaled)));
    }
}
