namespace ModelCompiler.Training;

/// <summary>Random numbers that follow from a seed and a place alone, so that training can go on in the middle as if it had never stopped.</summary>
internal static class Chance
{
    /// <summary>A generator of its own for each place.</summary>
    public static Random Of(int seed, params ReadOnlySpan<int> place)
    {
        // The mixing step of splitmix64 (Steele, Lea and Flood 2014).
        var state = (ulong)seed;
        foreach (var number in place)
        {
            state = (state ^ (uint)number) + 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            state ^= state >> 31;
        }

        return new Random((int)(state & int.MaxValue));
    }
}
