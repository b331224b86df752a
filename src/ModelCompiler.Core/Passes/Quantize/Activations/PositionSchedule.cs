namespace ModelCompiler.Passes;

/// <summary>How many positions a layer's statistics take from each sample: neighbours say nearly the same, other samples say more.</summary>
/// <param name="Most">From one of the first samples.</param>
/// <param name="Least">From one of the last.</param>
/// <param name="Together">What <paramref name="Most"/> may add up to before later samples give less: each one its share of so many.</param>
internal sealed record PositionSchedule(int Most, int Least, int Together)
{
    /// <summary>Every sample counts the same.</summary>
    public static PositionSchedule Thorough { get; } = new(256, 256, 0);

    /// <summary>About 6,000 positions of 256 samples: few samples are looked at closely, many only here and there, for about the same time.</summary>
    public static PositionSchedule Quick { get; } = new(64, 8, 2048);

    public int PositionsOf(int sample) => Math.Clamp(Together / (sample + 1), Least, Most);
}
