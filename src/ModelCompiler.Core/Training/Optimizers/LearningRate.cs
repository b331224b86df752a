namespace ModelCompiler.Training.Optimizers;

/// <summary>How the rate goes: up in a straight line, then down along half a cosine (Loshchilov and Hutter 2016, arXiv:1608.03983).</summary>
/// <param name="Peak">The highest rate.</param>
/// <param name="Warmup">Steps until there.</param>
/// <param name="Steps">All steps; the rate after the last is 0.</param>
internal sealed record LearningRate(double Peak, int Warmup, int Steps)
{
    /// <param name="step">Counted from 0.</param>
    public double At(int step) => step < Warmup
        ? Peak * (step + 1) / Warmup
        : Peak * 0.5 * (1 + Math.Cos(Math.PI * (step - Warmup) / Math.Max(1, Steps - Warmup)));
}
