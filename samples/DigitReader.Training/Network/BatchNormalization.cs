using System.Numerics.Tensors;

namespace DigitReader.Training.Network;

/// <summary>
/// y = (x − mean) / sqrt(variance + ε) · scale + shift per channel (Ioffe and Szegedy 2015): with the batch's own statistics in training,
/// with running averages of them afterwards.
/// </summary>
internal sealed class BatchNormalization(Parameter scale, Parameter shift) : ILayer
{
    public const float Epsilon = 1e-5f;
    private const float SlowestUpdate = 0.02f;

    private readonly float[] _inverseDeviation = new float[scale.Value.Length];
    private int _batches;
    private Batch? _normalized;
    private Batch? _output;
    private Batch? _inputGradient;

    public Parameter Scale { get; } = scale;

    public Parameter Shift { get; } = shift;

    public float[] RunningMean { get; } = new float[scale.Value.Length];

    public float[] RunningVariance { get; } = Enumerable.Repeat(1f, scale.Value.Length).ToArray();

    public IReadOnlyList<Parameter> Parameters => [Scale, Shift];

    public ILayer Replicate() => new BatchNormalization(Scale.Share(), Shift.Share());

    public Batch Forward(Batch input)
    {
        Prepare(input);
        // The plain mean of all batches at first, so that the initial values leave no trace; then a running one.
        var update = Math.Max(SlowestUpdate, 1f / ++_batches);
        for (var channel = 0; channel < input.Channels; channel++)
        {
            var normalized = _normalized!.Channel(channel);
            var mean = VectorMath.Sum(input.Channel(channel)) / input.ChannelSize;
            TensorPrimitives.Subtract(input.Channel(channel), mean, normalized);
            var variance = VectorMath.Dot(normalized, normalized) / input.ChannelSize;
            _inverseDeviation[channel] = 1f / MathF.Sqrt(variance + Epsilon);
            TensorPrimitives.Multiply(normalized, _inverseDeviation[channel], normalized);
            ScaleAndShift(normalized, channel);
            RunningMean[channel] += update * (mean - RunningMean[channel]);
            RunningVariance[channel] += update * (variance - RunningVariance[channel]);
        }

        return _output!;
    }

    public Batch Infer(Batch input)
    {
        Prepare(input);
        for (var channel = 0; channel < input.Channels; channel++)
        {
            var normalized = _normalized!.Channel(channel);
            TensorPrimitives.Subtract(input.Channel(channel), RunningMean[channel], normalized);
            TensorPrimitives.Divide(normalized, MathF.Sqrt(RunningVariance[channel] + Epsilon), normalized);
            ScaleAndShift(normalized, channel);
        }

        return _output!;
    }

    /// <remarks>With n values a channel and x̂ the normalized input: dx = scale / (deviation·n) · (n·dy − Σdy − x̂·Σ(dy·x̂)).</remarks>
    public Batch Backward(Batch gradient)
    {
        for (var channel = 0; channel < gradient.Channels; channel++)
        {
            var outputGradient = gradient.Channel(channel);
            var normalized = _normalized!.Channel(channel);
            var result = _inputGradient!.Channel(channel);
            var sum = VectorMath.Sum(outputGradient);
            var correlation = VectorMath.Dot(outputGradient, normalized);
            Shift.Gradient[channel] = sum;
            Scale.Gradient[channel] = correlation;
            TensorPrimitives.Multiply(normalized, -correlation / gradient.ChannelSize, result);
            TensorPrimitives.Add(result, outputGradient, result);
            TensorPrimitives.Subtract(result, sum / gradient.ChannelSize, result);
            TensorPrimitives.Multiply(result, Scale.Value[channel] * _inverseDeviation[channel], result);
        }

        return _inputGradient!;
    }

    private void ScaleAndShift(ReadOnlySpan<float> normalized, int channel)
    {
        var output = _output!.Channel(channel);
        TensorPrimitives.Multiply(normalized, Scale.Value[channel], output);
        TensorPrimitives.Add(output, Shift.Value[channel], output);
    }

    private void Prepare(Batch input)
    {
        if (_output?.Samples == input.Samples)
            return;
        (_normalized, _output, _inputGradient) = (input.EmptyLike(), input.EmptyLike(), input.EmptyLike());
    }
}
