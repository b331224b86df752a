namespace DigitReader.Training.Network;

/// <summary>The mean of every map: [channels, samples, height, width] to [channels, samples, 1, 1].</summary>
internal sealed class GlobalAveragePool : ILayer
{
    private Batch? _output;
    private Batch? _inputGradient;

    public ILayer Replicate() => new GlobalAveragePool();

    public Batch Forward(Batch input)
    {
        if (_output?.Samples != input.Samples)
            (_output, _inputGradient) = (new Batch(input.Channels, input.Samples, 1, 1), input.EmptyLike());
        for (var map = 0; map < _output.Values.Length; map++)
        {
            var sum = 0f;
            foreach (var value in input.Values.AsSpan(map * input.MapSize, input.MapSize))
                sum += value;
            _output.Values[map] = sum / input.MapSize;
        }

        return _output;
    }

    public Batch Backward(Batch gradient)
    {
        var result = _inputGradient!;
        for (var map = 0; map < gradient.Values.Length; map++)
            result.Values.AsSpan(map * result.MapSize, result.MapSize).Fill(gradient.Values[map] / result.MapSize);
        return result;
    }
}
