using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Locks;

/// <summary>The figures of a compile beside those that were accepted.</summary>
/// <param name="locked">What was accepted.</param>
/// <param name="present">What came of the compile.</param>
internal sealed class LockComparison(LockedForm locked, LockedForm present)
{
    /// <summary>The metric of detectors that nobody labelled pictures for.</summary>
    private const string Agreement = "detection agreement";

    private bool AreSameSamples => locked.Samples == present.Samples;

    /// <summary>Made-up inputs and real ones are not of one kind.</summary>
    private bool AreSamplesOfOneKind => locked.Samples is null == present.Samples is null;

    /// <summary>Whether the original answers worse than it did: then the compile is not to blame.</summary>
    public bool HasOriginalFallen => OriginalAccuracy() is { IsWorse: true };

    /// <summary>Every figure that can be compared.</summary>
    public IEnumerable<LockedFigure> Figures()
    {
        LockedFigure?[] figures = [OriginalAccuracy(), CompiledAccuracy(), .. AreSamplesOfOneKind ? [Top1Agreement(), SignalToNoise()] : Array.Empty<LockedFigure?>(), .. Sizes()];
        return figures.OfType<LockedFigure>();
    }

    private LockedFigure? OriginalAccuracy() =>
        locked.Accuracy is { } was && present.Accuracy is { } now && was.Metric == now.Metric
            ? Accuracy($"the original's {Name(now)}", was, now, accuracy => accuracy.Original)
            : null;

    private LockedFigure? CompiledAccuracy()
    {
        if (locked.Accuracy is not { } was)
            return null;
        if (present.Accuracy is { } now && was.Metric == now.Metric)
            return Accuracy(Name(now), was, now, accuracy => accuracy.Compiled);
        return was.Metric == Agreement && present.Accuracy is not null ? null : LockedFigure.Lost(Name(was), Text.Percent(was.Compiled));   // labels tell more than agreement
    }

    private LockedFigure Accuracy(string name, LockedAccuracy was, LockedAccuracy now, Func<LockedAccuracy, double> figure)
    {
        var noise = LockNoise.OfAccuracy(was, now, figure, AreSameSamples && was.Samples == now.Samples);
        return new(name, Share(figure(was), was.Samples), $"{Share(figure(now), now.Samples)}", figure(was) - figure(now), noise);
    }

    private LockedFigure? Top1Agreement()
    {
        const string Name = "agreement with the original's answers";
        if (locked.Fidelity is not { Top1Agreement: { } was } then)
            return null;
        return present.Fidelity is { Top1Agreement: { } now } today
            ? new(Name, Share(was, then.Samples), Share(now, today.Samples), was - now, LockNoise.OfShares(was, then.Samples, now, today.Samples))
            : LockedFigure.Lost(Name, Share(was, then.Samples));
    }

    private LockedFigure? SignalToNoise()
    {
        const string Name = "signal to noise";
        if (locked.Fidelity?.SqnrDb is not { } was)
            return null;
        return present.Fidelity?.SqnrDb is { } now
            ? new(Name, Decibels(was), Decibels(now), Math.Min(was, LockNoise.MostDecibels) - Math.Min(now, LockNoise.MostDecibels), LockNoise.OfDecibels(AreSameSamples))
            : LockedFigure.Lost(Name, Decibels(was));
    }

    private IEnumerable<LockedFigure> Sizes()
    {
        yield return Size("size", locked.Bytes, present.Bytes);
        if (locked.CompressedBytes is { } was && present.CompressedBytes is { } now)
            yield return Size("compressed size", was, now);
    }

    private static LockedFigure Size(string name, long was, long now) => new(name, Text.Bytes(was), Text.Bytes(now), (now - was) / Math.Max(1.0, was), LockNoise.Size);

    private static string Name(LockedAccuracy accuracy) => accuracy.Metric == "top1" ? "top-1 accuracy" : accuracy.Metric;

    private static string Share(double share, int samples) => string.Create(CultureInfo.InvariantCulture, $"{Text.Percent(share)} (n={samples})");

    private static string Decibels(double decibels) => string.Create(CultureInfo.InvariantCulture, $"{decibels:0.0} dB");
}
