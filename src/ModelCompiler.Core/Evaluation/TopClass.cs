using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Reads an output as the scores of classes, where it looks like them: floats of shape [classes] or [batch, classes, 1, …].</summary>
internal static class TopClass
{
    /// <summary>No class: it is nobody's answer, and never the right one.</summary>
    public const int None = -1;

    /// <summary>Number of classes, or null where the output does not look like scores.</summary>
    public static int? Classes(Tensor output)
    {
        if (!output.Type.IsFloatingPoint() || output.Count == 0)
            return null;
        var axis = output.Rank == 1 ? 0 : 1;
        if (axis >= output.Rank || output.Dims[axis] < 2)
            return null;
        foreach (var size in output.Dims[(axis + 1)..])
        {
            if (size != 1)
                return null;
        }

        return checked((int)output.Dims[axis]);
    }

    /// <summary>The first output that looks like scores of that many classes or more, or null.</summary>
    public static string? Find(IReadOnlyDictionary<string, Tensor> outputs, int atLeast) => outputs.FirstOrDefault(output => Classes(output.Value) >= atLeast).Key;

    /// <summary>The best class of an output of one row; null for any other.</summary>
    public static int? OfRow(Tensor output) => Classes(output) is { } classes && classes == output.Count ? Of(output.ToFloats(), classes)[0] : null;

    /// <summary>
    /// The class with the highest score of each row; the first one where several are equal. <see cref="None"/> for a row that holds NaN or +∞, where no
    /// answer can be told.
    /// </summary>
    public static int[] Of(ReadOnlySpan<float> scores, int classes)
    {
        var best = new int[scores.Length / classes];
        for (var row = 0; row < best.Length; row++)
            best[row] = IndexOfMax(scores.Slice(row * classes, classes));
        return best;
    }

    /// <summary>
    /// Whether a class is among the best of an output of one row; of equal scores the first class comes first. False where the row holds NaN or +∞, as for <see cref="Of"/>.
    /// </summary>
    public static bool IsAmong(Tensor output, int label, int best)
    {
        var scores = output.ToFloats();
        var before = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]) || float.IsPositiveInfinity(scores[i]))
                return false;
            before += scores[i] > scores[label] || (scores[i] == scores[label] && i < label) ? 1 : 0;
        }

        return before < best;
    }

    private static int IndexOfMax(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]) || float.IsPositiveInfinity(scores[i]))
                return None;
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }
}
