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
        Check<TLabel>(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);

        var scores = ArrayPool<float>.Shared.Rent(values.Length);
        try
        {
            var all = scores.AsSpan(0, values.Length);
            ToScores(values, kind, all);
            return TakeBest<TLabel>(all, Math.Min(count, values.Length));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    // Selection, not sorting: the count asked for is small beside the number of classes.
    private static Classification<TLabel>[] TakeBest<TLabel>(Span<float> scores, int count)
        where TLabel : unmanaged
    {
        var best = new Classification<TLabel>[count];
        Span<bool> taken = scores.Length <= 1024 ? stackalloc bool[scores.Length] : new bool[scores.Length];
        for (var rank = 0; rank < count; rank++)
        {
            var index = IndexOfBest(scores, taken);
            taken[index] = true;
            best[rank] = Classified<TLabel>(index, scores[index]);
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
