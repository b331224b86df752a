using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>Adds up weighted rows of bytes: the vertical half of a separable filter.</summary>
internal static class RowBlender
{
    /// <summary>row[x] = Σ weights[k] · bytes[k · stride + x].</summary>
    /// <param name="bytes">Starts at the first byte of the first row to blend; holds every row named by <paramref name="weights"/>.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="weights">One weight a row.</param>
    /// <param name="row">Receives the sums; its length is the number of bytes used of each row.</param>
    public static void Blend(ReadOnlySpan<byte> bytes, int stride, ReadOnlySpan<float> weights, Span<float> row)
    {
        // The loops below address the bytes without checks: this is the check.
        _ = bytes.Slice((weights.Length - 1) * stride, row.Length);

        var x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
            BlendVector(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), x), stride, weights, row.Slice(x, Vector<byte>.Count));
        for (; x < row.Length; x++)
            row[x] = BlendOne(bytes, x, stride, weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BlendVector(ref byte origin, nint stride, ReadOnlySpan<float> weights, Span<float> row)
    {
        var (sum0, sum1, sum2, sum3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var k = 0; k < weights.Length; k++)
        {
            Vector.Widen(Vector.LoadUnsafe(ref Unsafe.Add(ref origin, k * stride)), out var low, out var high);
            Vector.Widen(low, out var bytes0, out var bytes1);
            Vector.Widen(high, out var bytes2, out var bytes3);
            var weight = new Vector<float>(weights[k]);
            sum0 += Vector.ConvertToSingle(bytes0.As<uint, int>()) * weight;
            sum1 += Vector.ConvertToSingle(bytes1.As<uint, int>()) * weight;
            sum2 += Vector.ConvertToSingle(bytes2.As<uint, int>()) * weight;
            sum3 += Vector.ConvertToSingle(bytes3.As<uint, int>()) * weight;
        }

        sum0.CopyTo(row);
        sum1.CopyTo(row[Vector<float>.Count..]);
        sum2.CopyTo(row[(2 * Vector<float>.Count)..]);
        sum3.CopyTo(row[(3 * Vector<float>.Count)..]);
    }

    private static float BlendOne(ReadOnlySpan<byte> bytes, int x, int stride, ReadOnlySpan<float> weights)
    {
        var sum = 0f;
        for (var k = 0; k < weights.Length; k++)
            sum += bytes[(k * stride) + x] * weights[k];
        return sum;
    }
}
