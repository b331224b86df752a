using DigitReader.Training.Network;

namespace DigitReader.Training.Learning;

/// <summary>Adam with decoupled weight decay on weight tensors (Loshchilov and Hutter 2019).</summary>
internal sealed class AdamOptimizer(IReadOnlyList<Parameter> parameters, float weightDecay)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.99f;
    private const float Epsilon = 1e-8f;

    private readonly float[][] _mean = parameters.Select(parameter => new float[parameter.Value.Length]).ToArray();
    private readonly float[][] _square = parameters.Select(parameter => new float[parameter.Value.Length]).ToArray();
    private float _power1 = 1f;
    private float _power2 = 1f;

    /// <summary>One step along the gradients that the parameters hold.</summary>
    public void Step(float learningRate)
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
        for (var i = 0; i < parameters.Count; i++)
            Step(parameters[i], _mean[i], _square[i], learningRate);
    }

    private void Step(Parameter parameter, float[] mean, float[] square, float learningRate)
    {
        var decay = parameter.Shape.Length > 1 ? 1f - (learningRate * weightDecay) : 1f;
        var (value, gradient) = (parameter.Value, parameter.Gradient);
        for (var i = 0; i < value.Length; i++)
        {
            mean[i] = (Beta1 * mean[i]) + ((1f - Beta1) * gradient[i]);
            square[i] = (Beta2 * square[i]) + ((1f - Beta2) * gradient[i] * gradient[i]);
            var step = mean[i] / (1f - _power1) / (MathF.Sqrt(square[i] / (1f - _power2)) + Epsilon);
            value[i] = (value[i] * decay) - (learningRate * step);
        }
    }
}
