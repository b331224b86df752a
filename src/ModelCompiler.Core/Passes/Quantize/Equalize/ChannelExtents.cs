namespace ModelCompiler.Passes;

/// <summary>What the scales of a site follow from.</summary>
/// <param name="Ranges">Of each channel, as a part of the widest.</param>
/// <param name="Weights">The greatest that reads each channel, as a part of the greatest of all.</param>
internal sealed record ChannelExtents(double[] Ranges, double[] Weights)
{
    /// <summary>As the readers of a site see its channels: of several, the widest and the greatest.</summary>
    public static ChannelExtents Of(int count, IEnumerable<ReaderNoise> readers)
    {
        var extents = new ChannelExtents(new double[count], new double[count]);
        foreach (var reader in readers)
            reader.Tell(extents);
        return extents;
    }
}
