using System.Numerics.Tensors;

namespace ModelCompiler.Training.Optimizers;

/// <summary>
/// Keeps one bad batch from throwing the weights away: a gradient whose norm is over so many times the usual one is scaled down to that. What is usual follows
/// from the gradients so far, since the norm has the unit of the loss.
/// </summary>
/// <param name="most">Times the usual norm.</param>
internal sealed class GradientClip(double most)
{
    private const double Memory = 0.98;

    /// <summary>0 before the first step; part of what has to be kept to go on later.</summary>
    public double UsualNorm { get; set; }

    /// <summary>The factor for all gradients of a step.</summary>
    /// <param name="norm">Of all of them together.</param>
    public float ScaleOf(double norm)
    {
        var scale = UsualNorm > 0 && norm > most * UsualNorm ? most * UsualNorm / norm : 1;
        UsualNorm = UsualNorm > 0 ? (Memory * UsualNorm) + ((1 - Memory) * norm * scale) : norm;
        return (float)scale;
    }

    /// <summary>√Σg² over all gradients.</summary>
    public static double NormOf(IEnumerable<float[]> gradients) => Math.Sqrt(gradients.Sum(gradient => (double)TensorPrimitives.SumOfSquares<float>(gradient)));
}
