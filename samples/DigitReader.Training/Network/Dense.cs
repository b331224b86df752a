using System.Numerics.Tensors;

namespace DigitReader.Training.Network;

/// <summary>y = W·x + b for every sample; maps are 1×1.</summary>
internal sealed class Dense(Parameter weight, Parameter bias) : ILayer
{
    private Batch? _input;
    private Batch? _output;
    private Batch? _inputGradient;

    /// <summary>[outputs, inputs].</summary>
    public Parameter Weight { get; } = weight;

    /// <summary>[outputs].</summary>
    public Parameter Bias { get; } = bias;

    public IReadOnlyList<Parameter> Parameters => [Weight, Bias];

    private int Outputs => Weight.Shape[0];

    private int Inputs => Weight.Shape[1];

    public ILayer Replicate() => new Dense(Weight.Share(), Bias.Share());

    public Batch Forward(Batch input)
    {
        if (_input?.Samples != input.Samples)
            (_output, _inputGradient) = (new Batch(Outputs, input.Samples, 1, 1), input.EmptyLike());
        _input = input;
        Gemm.Multiply(Weight.Value, input.Values, input.Samples, _output!.Values, input.Samples, Outputs, Inputs, input.Samples);
        for (var output = 0; output < Outputs; output++)
            TensorPrimitives.Add(_output.Channel(output), Bias.Value[output], _output.Channel(output));
        return _output;
    }

    public Batch Backward(Batch gradient)
    {
        var (input, result) = (_input!, _inputGradient!);
        Array.Clear(Weight.Gradient);
        Array.Clear(result.Values);
        Gemm.AddProductTransposed(gradient.Values, input.Samples, input.Values, Weight.Gradient, Outputs, Inputs, input.Samples);
        for (var output = 0; output < Outputs; output++)
        {
            Bias.Gradient[output] = VectorMath.Sum(gradient.Channel(output));
            for (var i = 0; i < Inputs; i++)
                TensorPrimitives.MultiplyAdd(gradient.Channel(output), Weight.Value[(output * Inputs) + i], result.Channel(i), result.Channel(i));
        }

        return result;
    }
}
