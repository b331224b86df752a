using DigitReader.Training.Drawing;
using DigitReader.Training.Network;

namespace DigitReader.Training.Tests;

/// <summary>Compares a layer's gradients with finite differences of a scalar: the output weighted with random coefficients.</summary>
internal sealed class GradientCheck
{
    private const float Step = 1e-2f;

    private readonly ILayer _layer;
    private readonly Batch _input;
    private readonly float[] _coefficients;
    private readonly RandomSource _random = new(7);

    public GradientCheck(ILayer layer, Batch input)
    {
        (_layer, _input) = (layer, input);
        Fill(input.Values);
        foreach (var parameter in layer.Parameters)
            Fill(parameter.Value);
        _coefficients = new float[layer.Forward(input).Values.Length];
        Fill(_coefficients);
    }

    public void Run()
    {
        var output = _layer.Forward(_input);
        var gradient = output.EmptyLike();
        _coefficients.CopyTo(gradient.Values, 0);
        var inputGradient = (float[])_layer.Backward(gradient).Values.Clone();
        var parameterGradients = _layer.Parameters.Select(parameter => (float[])parameter.Gradient.Clone()).ToList();

        Compare(_input.Values, inputGradient, "input");
        for (var i = 0; i < parameterGradients.Count; i++)
            Compare(_layer.Parameters[i].Value, parameterGradients[i], _layer.Parameters[i].Name);
    }

    private void Compare(float[] values, float[] gradient, string name)
    {
        for (var trial = 0; trial < 40; trial++)
        {
            var index = _random.Index(values.Length);
            var expected = Difference(values, index);
            ((double)gradient[index]).ShouldBe(expected, 0.02 * Math.Max(1, Math.Abs(expected)), $"{name}[{index}]");
        }
    }

    private double Difference(float[] values, int index)
    {
        var original = values[index];
        values[index] = original + Step;
        var above = Scalar();
        values[index] = original - Step;
        var below = Scalar();
        values[index] = original;
        return (above - below) / (2 * Step);
    }

    private double Scalar()
    {
        var output = _layer.Forward(_input).Values;
        return output.Zip(_coefficients, (value, coefficient) => (double)value * coefficient).Sum();
    }

    private void Fill(float[] values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = _random.Between(-1f, 1f);
    }
}
