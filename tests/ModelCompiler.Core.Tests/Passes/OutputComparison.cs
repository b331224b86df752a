using System.Globalization;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Passes;

/// <summary>Compares the outputs of two runs.</summary>
internal static class OutputComparison
{
    /// <summary>The first difference in words, or null: types and shapes equal, floats within a share of the largest value, all else exactly equal.</summary>
    public static string? Difference(IReadOnlyDictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> actual, double tolerance)
    {
        if (!expected.Keys.Order(StringComparer.Ordinal).SequenceEqual(actual.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            return $"outputs [{string.Join(',', actual.Keys)}] in place of [{string.Join(',', expected.Keys)}]";
        return expected.Select(entry => Difference(entry.Key, entry.Value, actual[entry.Key], tolerance)).FirstOrDefault(difference => difference is not null);
    }

    private static string? Difference(string name, Tensor expected, Tensor actual, double tolerance)
    {
        if (expected.Type != actual.Type || !expected.Dims.SequenceEqual(actual.Dims))
            return $"'{name}' is {actual} in place of {expected}";
        if (!expected.Type.IsFloatingPoint())
            return expected.Data.Span.SequenceEqual(actual.Data.Span) && SameStrings(expected, actual) ? null : $"'{name}' differs";
        var error = RelativeError(expected.ToFloats(), actual.ToFloats());
        return error <= tolerance ? null : string.Create(CultureInfo.InvariantCulture, $"'{name}' differs by {error:e2} of its largest value");
    }

    private static bool SameStrings(Tensor a, Tensor b) => a.Strings.Zip(b.Strings).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));

    /// <summary>Largest difference over the largest magnitude; infinite where one is NaN or infinite and the other is not the same.</summary>
    public static double RelativeError(float[] expected, float[] actual)
    {
        double largest = 0, difference = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i].Equals(actual[i]))
            {
                largest = float.IsFinite(expected[i]) ? Math.Max(largest, Math.Abs(expected[i])) : largest;
                continue;
            }

            if (!float.IsFinite(expected[i]) || !float.IsFinite(actual[i]))
                return double.PositiveInfinity;
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }

        return difference == 0 ? 0 : difference / Math.Max(largest, 1e-30);
    }
}
