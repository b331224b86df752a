using System.Numerics.Tensors;

namespace ModelCompiler.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum: m = µm + g, w −= r·(m + λw).</summary>
internal sealed class Sgd : IOptimizer
{
    /// <summary>µ.</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>λ.</summary>
    public float WeightDecay { get; init; }

    public int Moments => 1;

    public void Step(Span<float> weights, ReadOnlySpan<float> gradient, IReadOnlyList<float[]> moments, float rate, int step)
    {
        Span<float> m = moments[0];
        TensorPrimitives.MultiplyAdd(m, Momentum, gradient, m);
        TensorPrimitives.Multiply(weights, 1 - (rate * WeightDecay), weights);
        TensorPrimitives.MultiplyAdd(m, -rate, weights, weights);
    }
}
