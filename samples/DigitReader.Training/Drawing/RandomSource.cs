namespace DigitReader.Training.Drawing;

/// <summary>
/// A small random generator (SplitMix64, Steele et al. 2014) whose sequence is fixed by its seed on every machine and .NET version,
/// so that a seed names a data set.
/// </summary>
internal sealed class RandomSource(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The generator of sample number <paramref name="index"/> in the data set named <paramref name="seed"/>.</summary>
    public static RandomSource ForSample(int seed, long index)
    {
        var mixer = new RandomSource((ulong)seed * 0xD1342543DE82EF95UL);
        return new RandomSource(mixer.Next() ^ ((ulong)index * 0x9E3779B97F4A7C15UL));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float Between(float low, float high) => low + ((high - low) * Unit());

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Unit() < probability;

    /// <summary>A whole number in [0, <paramref name="count"/>).</summary>
    public int Index(int count) => (int)(Unit() * count);

    /// <summary>
    /// Nearly normal with the given standard deviation: the sum of six uniforms (Irwin–Hall), which never strays past 4.2 deviations
    /// and needs no logarithm whose last digit could depend on the platform.
    /// </summary>
    public float Normal(float deviation)
    {
        var sum = Unit() + Unit() + Unit() + Unit() + Unit() + Unit();
        return (sum - 3f) * 1.41421356f * deviation;
    }
}
