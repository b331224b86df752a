namespace ModelCompiler;

/// <summary>Which of the boxes that a detector gives count as objects.</summary>
public sealed record DetectionOptions
{
    /// <summary>What is used where nothing is said.</summary>
    public static DetectionOptions Default { get; } = new();

    /// <summary>Boxes with a lower score are left out, from 0 to 1. Lower finds more, and more that is not there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public float LeastScore { get; init => field = Share(value); } = 0.25f;

    /// <summary>Two boxes of one class that share more than this of what they cover together (intersection over union) are the same object, from 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public float SameObject { get; init => field = Share(value); } = 0.45f;

    /// <summary>Objects of one image at most, the surest ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int Most
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 100;

    private static float Share(float value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "It has to be from 0 to 1.");
}
