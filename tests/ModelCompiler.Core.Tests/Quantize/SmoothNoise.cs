using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Quantize;

/// <summary>Like photos and their features: neighbours, and channels, are nearly equal.</summary>
internal static class SmoothNoise
{
    public static Tensor Of(int seed, int channels, int size) => Tensor.Of(Values(seed, channels, size), 1, channels, size, size);

    public static float[] Values(int seed, int channels, int size)
    {
        var random = new Random(seed);
        var values = new float[channels * size * size];
        var (shared, own) = (new float[size * size], 0f);
        for (var i = 0; i < values.Length; i++)
        {
            var place = i % shared.Length;
            if (i < shared.Length)
                shared[i] = (i == 0 ? 0 : shared[i - 1] * 0.95f) + random.NextSingle() - 0.5f;
            own = (own * 0.8f) + ((random.NextSingle() - 0.5f) * 0.3f);
            values[i] = shared[place] + own;
        }

        return values;
    }
}
