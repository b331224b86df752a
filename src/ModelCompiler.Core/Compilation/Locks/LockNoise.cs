using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Locks;

/// <summary>By how much a figure may differ from the locked one and still mean nothing.</summary>
internal static class LockNoise
{
    /// <summary>Of shares of samples: half a point is never held against a model.</summary>
    private const double LeastShare = 0.005;

    /// <summary>Of a file's size: names and notes that an exporter writes.</summary>
    public const double Size = 0.01;

    /// <summary>Above this, outputs differ by less than the order in which a processor adds, so that all such forms count as equal.</summary>
    public const double MostDecibels = 80;

    private const double Z95 = 1.959963984540054;

    /// <summary>
    /// Of an accuracy. On the same samples the readings are paired, and the 95 % interval of the present drop shows how far such readings differ by chance: half of its width.
    /// On other samples each reading has its own noise.
    /// </summary>
    /// <param name="locked">As it was accepted.</param>
    /// <param name="present">As it is measured.</param>
    /// <param name="figure">Which of its two figures is compared.</param>
    /// <param name="areSameSamples">Whether both were measured on the same samples.</param>
    public static double OfAccuracy(LockedAccuracy locked, LockedAccuracy present, Func<LockedAccuracy, double> figure, bool areSameSamples)
    {
        if (areSameSamples && present.Ci95 is { } paired)
            return Math.Max(LeastShare, paired.Reach);
        return locked.CompiledCi95 is { } one && present.CompiledCi95 is { } other
            ? Math.Max(LeastShare, Math.Sqrt((one.Reach * one.Reach) + (other.Reach * other.Reach)))
            : OfShares(figure(locked), locked.Samples, figure(present), present.Samples);
    }

    /// <summary>
    /// Of two shares of samples: 1.96 times the standard error of their difference if both are equally good, √(p(1 − p)(1/n₁ + 1/n₂)) with p the share of all samples together (the two-proportion z test).
    /// </summary>
    public static double OfShares(double locked, int lockedSamples, double present, int presentSamples)
    {
        var pooled = ((locked * lockedSamples) + (present * presentSamples)) / ((double)lockedSamples + presentSamples);
        return Math.Max(LeastShare, Z95 * Math.Sqrt(pooled * (1 - pooled) * ((1.0 / lockedSamples) + (1.0 / presentSamples))));
    }

    /// <summary>Of signal to noise: 1 dB on the same samples, 3 dB (half the noise) on others.</summary>
    public static double OfDecibels(bool areSameSamples) => areSameSamples ? 1 : 3;
}
