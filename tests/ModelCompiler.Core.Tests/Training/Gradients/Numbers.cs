using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Random tensors to differentiate at.</summary>
internal static class Numbers
{
    /// <summary>Between −1 and 1.</summary>
    public static Tensor Uniform(Random random, params ReadOnlySpan<long> dims) => Filled(dims, () => (random.NextSingle() * 2) - 1);

    /// <summary>Between <paramref name="from"/> and <paramref name="to"/>.</summary>
    public static Tensor Between(Random random, float from, float to, params ReadOnlySpan<long> dims) => Filled(dims, () => from + (random.NextSingle() * (to - from)));

    /// <summary>
    /// All different from each other and from 0 by 0.04 at least, in random order around 0: for operators that choose between elements, or change at 0.
    /// </summary>
    public static Tensor Apart(Random random, params ReadOnlySpan<long> dims)
    {
        long count = 1;
        foreach (var dim in dims)
            count *= dim;
        var places = Enumerable.Range(0, (int)count).ToArray();
        random.Shuffle(places);
        var next = 0;
        return Filled(dims, () => 0.04f * (places[next++] - (count / 2) + 0.5f));
    }

    private static Tensor Filled(ReadOnlySpan<long> dims, Func<float> next)
    {
        long count = 1;
        foreach (var dim in dims)
            count *= dim;
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
            values[i] = next();
        return Tensor.Of(values, dims);
    }
}
