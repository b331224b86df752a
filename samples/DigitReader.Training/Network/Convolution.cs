namespace DigitReader.Training.Network;

/// <summary>A 3×3 convolution with stride 1 and a border of zeros, without bias: a matrix product with the unrolled input (im2col).</summary>
internal sealed class Convolution : ILayer
{
    /// <summary>Samples unrolled at a time: a multiple of 8 keeps matrix rows whole vectors, and few keep the unrolled input in the cache.</summary>
    private const int Group = 8;

    private readonly int _inputChannels;
    private readonly int _outputChannels;
    private Batch? _input;
    private Batch? _output;
    private Batch? _inputGradient;
    private float[] _unrolled = [];
    private float[] _unrolledGradient = [];

    public Convolution(Parameter weight)
    {
        Weight = weight;
        (_outputChannels, _inputChannels) = (weight.Shape[0], weight.Shape[1]);
    }

    /// <summary>[output channels, input channels, 3, 3].</summary>
    public Parameter Weight { get; }

    public IReadOnlyList<Parameter> Parameters => [Weight];

    private int Taps => _inputChannels * 9;

    public ILayer Replicate() => new Convolution(Weight.Share());

    public Batch Forward(Batch input)
    {
        Prepare(input);
        var columns = Group * input.MapSize;
        for (var first = 0; first < input.Samples; first += Group)
        {
            Unrolling.Unroll(input, first, Group, _unrolled);
            var output = _output!.Values.AsSpan(first * input.MapSize);
            Gemm.Multiply(Weight.Value, _unrolled, columns, output, input.ChannelSize, _outputChannels, Taps, columns);
        }

        return _output!;
    }

    public Batch Backward(Batch gradient)
    {
        var input = _input!;
        var columns = Group * input.MapSize;
        var transposed = Transpose(Weight.Value, _outputChannels, Taps);
        Array.Clear(Weight.Gradient);
        Array.Clear(_inputGradient!.Values);
        for (var first = 0; first < input.Samples; first += Group)
        {
            var outputGradient = gradient.Values.AsSpan(first * input.MapSize);
            Unrolling.Unroll(input, first, Group, _unrolled);
            Gemm.AddProductTransposed(outputGradient, input.ChannelSize, _unrolled, Weight.Gradient, _outputChannels, Taps, columns);
            Gemm.Multiply(transposed, outputGradient, input.ChannelSize, _unrolledGradient, columns, Taps, _outputChannels, columns);
            Unrolling.AddRolled(_unrolledGradient, _inputGradient, first, Group);
        }

        return _inputGradient;
    }

    private void Prepare(Batch input)
    {
        if (input.Samples % Group != 0)
            throw new ArgumentException($"A batch holds a multiple of {Group} samples.", nameof(input));
        if (_input?.Samples != input.Samples)
        {
            _output = new Batch(_outputChannels, input.Samples, input.Height, input.Width);
            _inputGradient = input.EmptyLike();
            _unrolled = new float[Taps * Group * input.MapSize];
            _unrolledGradient = new float[_unrolled.Length];
        }

        _input = input;
    }

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        var transposed = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
        }

        return transposed;
    }
}
