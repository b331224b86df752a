using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace ModelCompiler;

/// <summary>Reads a classifier's output: one value a class.</summary>
public static class ClassScores
{
    /// <summary>The class with the highest score.</summary>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <param name="values">One value a class, at least one.</param>
    /// <param name="kind">What the values are; softmax is applied to logits.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty, or the label's type is not 32 bits wide.</exception>
    public static Classification<TLabel> Best<TLabel>(ReadOnlySpan<float> values, ScoreKind kind)
        where TLabel : unmanaged
    {
        Check<TLabel>(values);
        var index = TensorPrimitives.IndexOfMax(values);
        return Classified<TLabel>(index, Score(values, index, kind));
    }

    /// <summary>The <paramref name="count"/> classes with the highest scores, best first; classes of equal score in their own order.</summary>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <param name="values">One value a class, at least one.</param>
    /// <param name="count">How many, at least 1; there are never more than classes.</param>
    /// <param name="kind">What the values are; softmax is applied to logits.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty, or the label's type is not 32 bits wide.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public static IReadOnlyList<Classification<TLabel>> Top<TLabel>(ReadOnlySpan<float> values, int count, ScoreKind kind)
        where TLabel : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return Top(values, new ClassificationOptions<TLabel> { Top = count }, kind);
    }

    /// <summary>The classes with the highest scores among those that the options let count, best first; classes of equal score in their own order.</summary>
    /// <remarks>Softmax is taken over all classes, also those that do not count.</remarks>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <param name="values">One value a class, at least one.</param>
    /// <param name="options">Which classes count, and how many are wanted.</param>
    /// <param name="kind">What the values are; softmax is applied to logits.</param>
    /// <returns>None where no class that counts has the least score.</returns>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty, the label's type is not 32 bits wide, or a list of the options does not fit the model.</exception>
    public static IReadOnlyList<Classification<TLabel>> Top<TLabel>(ReadOnlySpan<float> values, ClassificationOptions<TLabel> options, ScoreKind kind)
        where TLabel : unmanaged
    {
        Check<TLabel>(values);
        ArgumentNullException.ThrowIfNull(options);

        var scores = ArrayPool<float>.Shared.Rent(values.Length);
        try
        {
            var all = scores.AsSpan(0, values.Length);
            ToScores(values, kind, all);
            return TakeBest(all, options);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    // Selection, not sorting: the count asked for is small beside the number of classes.
    private static IReadOnlyList<Classification<TLabel>> TakeBest<TLabel>(ReadOnlySpan<float> scores, ClassificationOptions<TLabel> options)
        where TLabel : unmanaged
    {
        var best = new List<Classification<TLabel>>(Math.Min(options.Top, scores.Length));
        Span<bool> taken = scores.Length <= 1024 ? stackalloc bool[scores.Length] : new bool[scores.Length];
        ClassFilter.Mark(options, taken);
        while (best.Count < options.Top)
        {
            var index = IndexOfBest(scores, taken);
            if (index < 0 || scores[index] < options.LeastScore)
                break;
            taken[index] = true;
            best.Add(Classified<TLabel>(index, scores[index]));
        }

        return best;
    }

    private static int IndexOfBest(ReadOnlySpan<float> scores, ReadOnlySpan<bool> taken)
    {
        var best = -1;
        for (var index = 0; index < scores.Length; index++)
        {
            if (!taken[index] && (best < 0 || scores[index] > scores[best]))
                best = index;
        }

        return best;
    }

    private static void ToScores(ReadOnlySpan<float> values, ScoreKind kind, Span<float> scores)
    {
        values.CopyTo(scores);
        if (kind != ScoreKind.Logits)
            return;

        // The maximum is taken away first, so that no exponential overflows.
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max(values), scores);
        TensorPrimitives.Exp(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<float>(scores), scores);
    }

    private static float Score(ReadOnlySpan<float> values, int index, ScoreKind kind)
    {
        if (kind != ScoreKind.Logits)
            return values[index];

        var sum = 0.0;
        foreach (var value in values)
            sum += Math.Exp(value - values[index]);
        return (float)(1 / sum);
    }

    private static Classification<TLabel> Classified<TLabel>(int index, float score)
        where TLabel : unmanaged =>
        new(Unsafe.BitCast<int, TLabel>(index), score, index);

    private static void Check<TLabel>(ReadOnlySpan<float> values)
        where TLabel : unmanaged
    {
        if (values.IsEmpty)
            throw new ArgumentException("There are no values to classify.", nameof(values));
        if (Unsafe.SizeOf<TLabel>() != sizeof(int))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A label is an enum over int, or int itself, but {typeof(TLabel).Name} takes {Unsafe.SizeOf<TLabel>()} bytes."), nameof(values));
    }
}
