using System.Numerics;
using System.Numerics.Tensors;

namespace ModelCompiler.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2014, arXiv:1412.6980), with the weight decay beside the gradient (AdamW, Loshchilov and Hutter 2017, arXiv:1711.05101):
/// m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², w −= r·(m̂ ÷ (√v̂ + ε) + λw).
/// </summary>
internal sealed class Adam : IOptimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    /// <summary>λ.</summary>
    public float WeightDecay { get; init; }

    public int Moments => 2;

    public void Step(Span<float> weights, ReadOnlySpan<float> gradient, IReadOnlyList<float[]> moments, float rate, int step)
    {
        var (m, v) = (moments[0], moments[1]);
        TensorPrimitives.Lerp(m, gradient, 1 - Beta1, m);
        var correction1 = rate / (1 - MathF.Pow(Beta1, step));
        var correction2 = 1 / (1 - MathF.Pow(Beta2, step));
        var decay = 1 - (rate * WeightDecay);
        var i = 0;
        for (; i + Vector<float>.Count <= weights.Length; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            var square = (new Vector<float>(v, i) * Beta2) + (g * g * (1 - Beta2));
            square.CopyTo(v, i);
            var stepped = new Vector<float>(m, i) * correction1 / (Vector.SquareRoot(square * correction2) + new Vector<float>(Epsilon));
            ((new Vector<float>(weights[i..]) * decay) - stepped).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            v[i] = (v[i] * Beta2) + (gradient[i] * gradient[i] * (1 - Beta2));
            weights[i] = (weights[i] * decay) - (m[i] * correction1 / (MathF.Sqrt(v[i] * correction2) + Epsilon));
        }
    }
}
