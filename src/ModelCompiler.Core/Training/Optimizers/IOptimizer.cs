namespace ModelCompiler.Training.Optimizers;

/// <summary>Changes one tensor of weights by its gradient, step by step.</summary>
internal interface IOptimizer
{
    /// <summary>What is remembered from step to step, each as long as the weights; the caller keeps it, and it begins with zeros.</summary>
    int Moments { get; }

    /// <param name="weights">Changed in place.</param>
    /// <param name="gradient">Of the loss by each.</param>
    /// <param name="moments">What was remembered; changed in place.</param>
    /// <param name="rate">How far a step goes, in the unit of the weights for Adam, in that of weight ÷ gradient for SGD.</param>
    /// <param name="step">Counted from 1.</param>
    void Step(Span<float> weights, ReadOnlySpan<float> gradient, IReadOnlyList<float[]> moments, float rate, int step);
}
