using System.Numerics.Tensors;

namespace DigitReader.Training.Network;

/// <summary>y = max(x, 0).</summary>
internal sealed class Relu : ILayer
{
    private Batch? _output;
    private Batch? _inputGradient;

    public ILayer Replicate() => new Relu();

    public Batch Forward(Batch input)
    {
        if (_output?.Samples != input.Samples)
            (_output, _inputGradient) = (input.EmptyLike(), input.EmptyLike());
        TensorPrimitives.Max(input.Values, 0f, _output.Values);
        return _output;
    }

    public Batch Backward(Batch gradient)
    {
        var (output, result) = (_output!.Values, _inputGradient!.Values);
        for (var i = 0; i < output.Length; i++)
            result[i] = output[i] > 0f ? gradient.Values[i] : 0f;
        return _inputGradient;
    }
}
