namespace ModelCompiler.Evaluation.Detections;

/// <summary>Some of the overlaps from which on two boxes count as the same object: level 0 is 0.50, level 9 is 0.95.</summary>
/// <param name="Bits">One for each level.</param>
internal readonly record struct OverlapLevels(ushort Bits)
{
    public const int Count = 10;

    public static float Least(int level) => (50 + (5 * level)) / 100f;

    public bool Has(int level) => (Bits >> level & 1) != 0;

    public OverlapLevels With(int level) => new((ushort)(Bits | (1 << level)));
}
