namespace ModelCompiler.Passes;

/// <summary>Finds the scales of a site that make the predicted noise small.</summary>
/// <remarks>Scales that follow from one half of the samples are judged on the other: a channel that is wide only now and then would be clipped where it is taken for a narrow one.</remarks>
internal static class ScaleChoice
{
    /// <summary>A rule must take away this part of the predicted noise to be preferred to one before it.</summary>
    private const double LeastGain = 0.01;

    /// <summary>Null where channels are best left as they are, or where the samples do not reach all readers.</summary>
    public static double[]? Of(ScaleSite site, IReadOnlyList<SiteSamples> halves, IntegerSteps steps)
    {
        var (first, second) = (ReadersIn(halves[0]), ReadersIn(halves[1]));
        if (first is null || second is null)
            return null;
        var (byFirst, bySecond) = (ChannelExtents.Of(site.Count, first), ChannelExtents.Of(site.Count, second));
        var (best, least) = (ScaleRule.None, double.PositiveInfinity);
        foreach (var rule in ScaleRule.Candidates)
        {
            var noise = Noise(first, rule.Scales(bySecond)) + Noise(second, rule.Scales(byFirst));
            if (noise < least * (1 - LeastGain))
                (best, least) = (rule, noise);
        }

        return best == ScaleRule.None ? null : best.Scales(ChannelExtents.Of(site.Count, [.. first, .. second]));

        ReaderNoise[]? ReadersIn(SiteSamples half)
        {
            var readers = site.Readers.Select(reader => half.NoiseOf(reader.Layer, reader.Places, steps)).ToArray();
            return readers.Contains(null) ? null : [.. readers.OfType<ReaderNoise>()];
        }
    }

    private static double Noise(ReaderNoise[] readers, double[] scales) => readers.Sum(reader => reader.With(scales));
}
