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
    /// <param name="temperature">
    /// By which logits, or the logarithms of probabilities, are divided before they become scores: above 1 the scores are less sure, below 1 surer, and their order stays. 1
    /// leaves them as they are. Raw scores have none.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty, or the label's type is not 32 bits wide.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not a positive number.</exception>
    public static Classification<TLabel> Best<TLabel>(ReadOnlySpan<float> values, ScoreKind kind, float temperature = 1)
        where TLabel : unmanaged
    {
        Check<TLabel>(values, temperature);
        var index = TensorPrimitives.IndexOfMax(values);
        return Classified<TLabel>(index, Score(values, index, kind, temperature));
    }

    /// <summary>The <paramref name="count"/> classes with the highest scores, best first; classes of equal score in their own order.</summary>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <param name="values">One value a class, at least one.</param>
    /// <param name="count">How many, at least 1; there are never more than classes.</param>
    /// <param name="kind">What the values are; softmax is applied to logits.</param>
    /// <param name="temperature">
    /// By which logits, or the logarithms of probabilities, are divided before they become scores: above 1 the scores are less sure, below 1 surer, and their order stays. 1
    /// leaves them as they are. Raw scores have none.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty, or the label's type is not 32 bits wide.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="temperature"/> is not positive.</exception>
    public static IReadOnlyList<Classification<TLabel>> Top<TLabel>(ReadOnlySpan<float> values, int count, ScoreKind kind, float temperature = 1)
        where TLabel : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return Top(values, new ClassificationOptions<TLabel> { Top = count }, kind, temperature);
    }

    /// <summary>The classes with the highest scores among those that the options let count, best first; classes of equal score in their own order.</summary>
    /// <remarks>Softmax is taken over all classes, also those that do not count.</remarks>
    /// <typeparam name="TLabel">An enum whose values are the class indices, or <see cref="int"/>.</typeparam>
    /// <param name="values">One value a class, at least one.</param>
    /// <param name="options">Which classes count, and how many are wanted.</param>
    /// <param name="kind">What the values are; softmax is applied to logits.</param>
    /// <param name="temperature">
    /// By which logits, or the logarithms of probabilities, are divided before they become scores: above 1 the scores are less sure, below 1 surer, and their order stays. 1
    /// leaves them as they are. Raw scores have none.
    /// </param>
    /// <returns>None where no class that counts has the least score.</returns>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty, the label's type is not 32 bits wide, or a list of the options does not fit the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> is not a positive number.</exception>
    public static IReadOnlyList<Classification<TLabel>> Top<TLabel>(ReadOnlySpan<float> values, ClassificationOptions<TLabel> options, ScoreKind kind, float temperature = 1)
        where TLabel : unmanaged
    {
        Check<TLabel>(values, temperature);
        ArgumentNullException.ThrowIfNull(options);

        var scores = ArrayPool<float>.Shared.Rent(values.Length);
        try
        {
            var all = scores.AsSpan(0, values.Length);
            ToScores(values, kind, temperature, all);
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

    private static void ToScores(ReadOnlySpan<float> values, ScoreKind kind, float temperature, Span<float> scores)
    {
        if (kind == ScoreKind.Logits)
            TemperedScores.OfLogits(values, temperature, scores);
        else if (kind == ScoreKind.Probabilities && temperature != 1)
            TemperedScores.OfProbabilities(values, temperature, scores);
        else
            values.CopyTo(scores);
    }

    private static float Score(ReadOnlySpan<float> values, int index, ScoreKind kind, float temperature)
    {
        if (kind == ScoreKind.Logits)
            return TemperedScores.OfLogit(values, index, temperature);
        return kind == ScoreKind.Probabilities && temperature != 1 ? TemperedScores.OfProbability(values, index, temperature) : values[index];
    }

    private static Classification<TLabel> Classified<TLabel>(int index, float score)
        where TLabel : unmanaged =>
        new(Unsafe.BitCast<int, TLabel>(index), score, index);

    private static void Check<TLabel>(ReadOnlySpan<float> values, float temperature)
        where TLabel : unmanaged
    {
        if (values.IsEmpty)
            throw new ArgumentException("There are no values to classify.", nameof(values));
        if (Unsafe.SizeOf<TLabel>() != sizeof(int))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A label is an enum over int, or int itself, but {typeof(TLabel).Name} takes {Unsafe.SizeOf<TLabel>()} bytes."), nameof(values));
        if (!(temperature > 0) || float.IsInfinity(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "It has to be a positive number.");
    }
}
