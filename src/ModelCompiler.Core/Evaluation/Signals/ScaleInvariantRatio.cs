using System.Numerics.Tensors;

namespace ModelCompiler.Evaluation.Signals;

/// <summary>
/// The scale-invariant signal-to-distortion ratio (SI-SDR) in decibels: 10·log10(‖αs‖² / ‖αs − ŝ‖²) with α = ŝᵀs / ‖s‖², for a signal s and what was made of it, ŝ
/// (Le Roux et al., SDR – half-baked or well done?, ICASSP 2019, equation 3). A louder or softer copy is as good as s itself.
/// </summary>
internal static class ScaleInvariantRatio
{
    /// <summary>Null for a signal that is silent or not finite, with which nothing can be compared. Within ±<see cref="OutputFidelity.ExactDb"/>.</summary>
    public static double? Of(double[] signal, double[] made)
    {
        var energy = TensorPrimitives.SumOfSquares<double>(signal);
        if (!double.IsFinite(energy) || energy == 0)
            return null;
        var scale = TensorPrimitives.Dot<double>(made, signal) / energy;
        if (!double.IsFinite(scale))
            return -OutputFidelity.ExactDb;
        var (kept, noise) = (0.0, 0.0);
        for (var i = 0; i < signal.Length; i++)
        {
            var part = scale * signal[i];
            kept += part * part;
            noise += (part - made[i]) * (part - made[i]);
        }

        return noise == 0 ? (kept > 0 ? OutputFidelity.ExactDb : -OutputFidelity.ExactDb) : Math.Clamp(10 * Math.Log10(kept / noise), -OutputFidelity.ExactDb, OutputFidelity.ExactDb);
    }
}
