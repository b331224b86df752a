namespace ModelCompiler;

/// <summary>Which classes of a classifier count, and how many of them are wanted.</summary>
/// <remarks>Scores do not depend on it: softmax is taken over all classes before any is left out, so that a score means the same with and without a list.</remarks>
/// <typeparam name="TLabel">The enum of the model's labels, or <see cref="int"/> where it has none.</typeparam>
public sealed record ClassificationOptions<TLabel>
    where TLabel : unmanaged
{
    /// <summary>Classes at most, the ones with the highest scores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int Top
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 5;

    /// <summary>Classes with a lower score are left out; null leaves out none. A share from 0 to 1 where the model gives probabilities or logits, else in the model's own range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN.</exception>
    public float? LeastScore
    {
        get;
        init => field = value is { } score && float.IsNaN(score) ? throw new ArgumentOutOfRangeException(nameof(value), value, "It has to be a number.") : value;
    }

    /// <summary>Only these classes count; null for all.</summary>
    public IReadOnlyCollection<TLabel>? Allow { get; init; }

    /// <summary>These classes do not count.</summary>
    public IReadOnlyCollection<TLabel> Deny { get; init; } = [];
}
