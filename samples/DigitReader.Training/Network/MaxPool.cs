namespace DigitReader.Training.Network;

/// <summary>The largest value of every 2×2 block; an odd last row or column is dropped.</summary>
internal sealed class MaxPool : ILayer
{
    private Batch? _output;
    private Batch? _inputGradient;
    private int[] _winners = [];

    public ILayer Replicate() => new MaxPool();

    public Batch Forward(Batch input)
    {
        Prepare(input);
        var output = _output!;
        var index = 0;
        for (var map = 0; map < input.Channels * input.Samples; map++)
        {
            for (var y = 0; y < output.Height; y++)
            {
                var corner = (map * input.MapSize) + (2 * y * input.Width);
                for (var x = 0; x < output.Width; x++, corner += 2, index++)
                    _winners[index] = Winner(input.Values, corner, input.Width);
            }
        }

        for (var i = 0; i < _winners.Length; i++)
            output.Values[i] = input.Values[_winners[i]];
        return output;
    }

    public Batch Backward(Batch gradient)
    {
        var result = _inputGradient!;
        Array.Clear(result.Values);
        for (var i = 0; i < _winners.Length; i++)
            result.Values[_winners[i]] = gradient.Values[i];
        return result;
    }

    private static int Winner(float[] values, int corner, int width)
    {
        var upper = values[corner] >= values[corner + 1] ? corner : corner + 1;
        var lower = values[corner + width] >= values[corner + width + 1] ? corner + width : corner + width + 1;
        return values[upper] >= values[lower] ? upper : lower;
    }

    private void Prepare(Batch input)
    {
        if (_output?.Samples == input.Samples)
            return;
        _output = new Batch(input.Channels, input.Samples, input.Height / 2, input.Width / 2);
        _inputGradient = input.EmptyLike();
        _winners = new int[_output.Values.Length];
    }
}
