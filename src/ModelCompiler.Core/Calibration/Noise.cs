namespace ModelCompiler.Calibration;

/// <summary>A source of numbers that is the same on every machine and in every version: SplitMix64 (Steele, Lea, Flood 2014).</summary>
internal sealed class Noise
{
    private ulong _state;

    /// <summary>A sequence of its own for each sample and input.</summary>
    public Noise(int sample, string input)
    {
        _state = (ulong)sample;
        foreach (var letter in input)
            _state = Next() ^ letter;
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)(Uniform() * bound);

    /// <summary>1 or −1.</summary>
    public sbyte Sign() => (sbyte)(Next() >> 63 == 0 ? 1 : -1);

    /// <summary>Normal with mean 0 and variance 1 (Box and Muller 1958).</summary>
    public float Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return (float)(radius * Math.Cos(2 * Math.PI * Uniform()));
    }
}
