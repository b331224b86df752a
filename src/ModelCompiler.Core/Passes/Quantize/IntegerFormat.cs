using ModelCompiler.Contract;

namespace ModelCompiler.Passes;

/// <summary>The integers that stand for real numbers: their type, the part of it that is used, and whether zero is fixed at 0.</summary>
/// <param name="Type"><see cref="ElementType.UInt8"/>, <see cref="ElementType.Int8"/> or <see cref="ElementType.UInt16"/>.</param>
/// <param name="Min">The least integer that is used.</param>
/// <param name="Max">The greatest integer that is used.</param>
/// <param name="IsSymmetric">True where the zero point is always 0.</param>
public sealed record IntegerFormat(ElementType Type, int Min, int Max, bool IsSymmetric)
{
    /// <summary>Ranges of real numbers that are narrower are widened to this, so that no scale is too small for a device's arithmetic; 0 where any will do.</summary>
    public double LeastWidth { get; init; }

    /// <summary>How many of them there are: 256, or 65,536.</summary>
    public int Levels => Max - Min + 1;

    /// <summary>Of one integer.</summary>
    public int Bytes => Type == ElementType.UInt16 ? sizeof(ushort) : sizeof(byte);

    /// <summary>0 … 65535 with a zero point: activations of neural processors.</summary>
    public static IntegerFormat UInt16 { get; } = new(ElementType.UInt16, 0, ushort.MaxValue, false);

    /// <summary>0 … 255 with a zero point: activations on x64.</summary>
    public static IntegerFormat UInt8 { get; } = new(ElementType.UInt8, 0, 255, false);

    /// <summary>−128 … 127 with a zero point: activations on ARM64.</summary>
    public static IntegerFormat Int8 { get; } = new(ElementType.Int8, -128, 127, false);

    /// <summary>Whole numbers around 0 of so many bits, for weights: 8 gives −127 … 127.</summary>
    /// <remarks>
    /// With 7 bits, products with unsigned activations cannot overflow the 16-bit sums of two that x64 processors without VNNI make (255·63·2 &lt; 2¹⁵).
    /// </remarks>
    public static IntegerFormat Symmetric(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        var max = (1 << (bits - 1)) - 1;
        return new(ElementType.Int8, -max, max, true);
    }
}
