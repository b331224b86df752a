using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelCompiler.Evaluation.Robustness.Corruptions;

/// <summary>The discrete cosine transform (DCT-II, orthonormal) of a block of 8 × 8 values: F = C · f · Cᵀ, and back f = Cᵀ · F · C. A row is one vector.</summary>
internal static class CosineBlock
{
    public const int Side = 8;

    /// <summary>C: c(u) · cos((2x + 1) u π / 16), with c(0) = √⅛ and else ½.</summary>
    private static readonly float[] Forward =
        [.. Enumerable.Range(0, Side * Side).Select(i => (float)((i < Side ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * (i % Side)) + 1) * (i / Side) * Math.PI / 16)))];

    private static readonly float[] Backward = Transposed(Forward);

    /// <summary>Rounds the block's frequencies to multiples of their steps.</summary>
    /// <param name="block">From the block's upper left value on.</param>
    /// <param name="stride">Values from one row to the next.</param>
    /// <param name="steps">Of each frequency, row after row.</param>
    public static void Quantize(Span<float> block, int stride, float[] steps)
    {
        Span<float> values = stackalloc float[Side * Side];
        for (var y = 0; y < Side; y++)
            block.Slice(y * stride, Side).CopyTo(values[(y * Side)..]);
        Transform(Forward, values);
        for (var y = 0; y < values.Length; y += Side)
        {
            var step = Row(steps, y);
            (Vector256.Round(Row(values, y) / step) * step).CopyTo(values[y..]);
        }

        Transform(Backward, values);
        for (var y = 0; y < Side; y++)
            values.Slice(y * Side, Side).CopyTo(block[(y * stride)..]);
    }

    /// <summary>M · values · Mᵀ, in place.</summary>
    private static void Transform(ReadOnlySpan<float> matrix, Span<float> values)
    {
        Span<float> product = stackalloc float[Side * Side];
        for (var pass = 0; pass < 2; pass++) // (M · V)ᵀ twice is M · V · Mᵀ
        {
            for (var y = 0; y < values.Length; y += Side)
            {
                var sum = Vector256<float>.Zero;
                for (var i = 0; i < Side; i++)
                    sum += Row(values, i * Side) * matrix[y + i];
                sum.CopyTo(product[y..]);
            }

            for (var i = 0; i < values.Length; i++)
                values[i] = product[(i % Side * Side) + (i / Side)];
        }
    }

    private static Vector256<float> Row(ReadOnlySpan<float> values, int start) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);

    private static float[] Transposed(float[] matrix) => [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[(i % Side * Side) + (i / Side)])];
}
