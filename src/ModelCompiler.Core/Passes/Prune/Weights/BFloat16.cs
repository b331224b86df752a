namespace ModelCompiler.Passes;

/// <summary>
/// Rounds weights to the upper 16 bits of a float32. The error of at most 0.4 % of each is far below what zeros beside it cost, and bytes that are all zero
/// are what a compressor makes small.
/// </summary>
internal static class BFloat16
{
    private const int LowerBits = 16;

    /// <summary>To nearest, half to even.</summary>
    public static double[] Rounded(double[] values) => Array.ConvertAll(values, value => (double)Rounded((float)value));

    public static float Rounded(float value)
    {
        if (!float.IsFinite(value))
            return value;
        var bits = BitConverter.SingleToUInt32Bits(value);
        var half = (1u << (LowerBits - 1)) - 1 + ((bits >> LowerBits) & 1);
        var rounded = BitConverter.UInt32BitsToSingle((bits + half) >> LowerBits << LowerBits);
        return float.IsFinite(rounded) ? rounded : value;
    }
}
