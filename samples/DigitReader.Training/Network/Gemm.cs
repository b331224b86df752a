using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DigitReader.Training.Network;

/// <summary>
/// Matrix products on row-major floats. All vectors are 256 bits wide and multiply-adds are fused whatever the processor offers, and
/// every sum runs in one fixed order: the same inputs give the same bits.
/// </summary>
internal static class Gemm
{
    private const int Lanes = 8;
    private const int TileColumns = 3 * Lanes;

    /// <summary>C = A·B; A is m×k, B is k×n, C is m×n; rows of B and C start <paramref name="strideB"/> and <paramref name="strideC"/> apart.</summary>
    /// <remarks>n is a multiple of 8. A tile of 4×24 sums stays in registers while k runs.</remarks>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int strideB, Span<float> c, int strideC, int m, int k, int n)
    {
        for (var column = 0; column < n; column += TileColumns)
        {
            var tileB = b[column..];
            var tileC = c[column..];
            if (column + TileColumns <= n)
            {
                var row = 0;
                for (; row + 4 <= m; row += 4)
                    Multiply4X24(a[(row * k)..], tileB, strideB, tileC[(row * strideC)..], strideC, k);
                for (; row < m; row++)
                    MultiplyRow(a.Slice(row * k, k), tileB, strideB, tileC[(row * strideC)..], TileColumns);
            }
            else
            {
                for (var row = 0; row < m; row++)
                    MultiplyRow(a.Slice(row * k, k), tileB, strideB, tileC[(row * strideC)..], n - column);
            }
        }
    }

    /// <summary>C += A·Bᵀ; A is m×n, B is k×n, C is m×k with no gaps; rows of A start <paramref name="strideA"/> apart, rows of B n.</summary>
    /// <remarks>n is a multiple of 8. A tile of 4×3 vector sums stays in registers while n runs, in blocks that stay in the first-level cache.</remarks>
    public static void AddProductTransposed(ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n)
    {
        const int block = 512;
        for (var start = 0; start < n; start += block)
        {
            var length = Math.Min(block, n - start);
            for (var row = 0; row < m; row += 4)
            {
                for (var column = 0; column < k; column += 3)
                {
                    var tileA = a[((row * strideA) + start)..];
                    var tileB = b[((column * n) + start)..];
                    var tileC = c[((row * k) + column)..];
                    if (row + 4 <= m && column + 3 <= k)
                        AddDots4X3(tileA, strideA, tileB, n, tileC, k, length);
                    else
                        AddDots(tileA, strideA, tileB, n, tileC, k, (Math.Min(4, m - row), Math.Min(3, k - column), length));
                }
            }
        }
    }

    private static void Multiply4X24(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int strideB, Span<float> c, int strideC, int k)
    {
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var a1 = ref Unsafe.Add(ref a0, k);
        ref var a2 = ref Unsafe.Add(ref a1, k);
        ref var a3 = ref Unsafe.Add(ref a2, k);
        ref var row = ref MemoryMarshal.GetReference(b);
        Vector256<float> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<float> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (var i = 0; i < k; i++)
        {
            var b0 = Vector256.LoadUnsafe(ref row);
            var b1 = Vector256.LoadUnsafe(ref row, Lanes);
            var b2 = Vector256.LoadUnsafe(ref row, 2 * Lanes);
            var scale = Vector256.Create(Unsafe.Add(ref a0, i));
            c00 = Vector256.FusedMultiplyAdd(scale, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(scale, b1, c01);
            c02 = Vector256.FusedMultiplyAdd(scale, b2, c02);
            scale = Vector256.Create(Unsafe.Add(ref a1, i));
            c10 = Vector256.FusedMultiplyAdd(scale, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(scale, b1, c11);
            c12 = Vector256.FusedMultiplyAdd(scale, b2, c12);
            scale = Vector256.Create(Unsafe.Add(ref a2, i));
            c20 = Vector256.FusedMultiplyAdd(scale, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(scale, b1, c21);
            c22 = Vector256.FusedMultiplyAdd(scale, b2, c22);
            scale = Vector256.Create(Unsafe.Add(ref a3, i));
            c30 = Vector256.FusedMultiplyAdd(scale, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(scale, b1, c31);
            c32 = Vector256.FusedMultiplyAdd(scale, b2, c32);
            row = ref Unsafe.Add(ref row, strideB);
        }

        Store(c, c00, c01, c02);
        Store(c[strideC..], c10, c11, c12);
        Store(c[(2 * strideC)..], c20, c21, c22);
        Store(c[(3 * strideC)..], c30, c31, c32);
    }

    private static void Store(Span<float> destination, Vector256<float> first, Vector256<float> second, Vector256<float> third)
    {
        first.CopyTo(destination);
        second.CopyTo(destination[Lanes..]);
        third.CopyTo(destination[(2 * Lanes)..]);
    }

    private static void MultiplyRow(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int strideB, Span<float> c, int columns)
    {
        for (var column = 0; column < columns; column += Lanes)
        {
            var sum = Vector256<float>.Zero;
            for (var i = 0; i < a.Length; i++)
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(a[i]), Vector256.Create(b[((i * strideB) + column)..]), sum);
            sum.CopyTo(c[column..]);
        }
    }

    private static void AddDots4X3(ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> c, int strideC, int length)
    {
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var a1 = ref Unsafe.Add(ref a0, strideA);
        ref var a2 = ref Unsafe.Add(ref a1, strideA);
        ref var a3 = ref Unsafe.Add(ref a2, strideA);
        ref var b0 = ref MemoryMarshal.GetReference(b);
        ref var b1 = ref Unsafe.Add(ref b0, strideB);
        ref var b2 = ref Unsafe.Add(ref b1, strideB);
        Vector256<float> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<float> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (var i = 0; i < length; i += Lanes)
        {
            var column0 = Vector256.LoadUnsafe(ref b0, (nuint)i);
            var column1 = Vector256.LoadUnsafe(ref b1, (nuint)i);
            var column2 = Vector256.LoadUnsafe(ref b2, (nuint)i);
            var row = Vector256.LoadUnsafe(ref a0, (nuint)i);
            c00 = Vector256.FusedMultiplyAdd(row, column0, c00);
            c01 = Vector256.FusedMultiplyAdd(row, column1, c01);
            c02 = Vector256.FusedMultiplyAdd(row, column2, c02);
            row = Vector256.LoadUnsafe(ref a1, (nuint)i);
            c10 = Vector256.FusedMultiplyAdd(row, column0, c10);
            c11 = Vector256.FusedMultiplyAdd(row, column1, c11);
            c12 = Vector256.FusedMultiplyAdd(row, column2, c12);
            row = Vector256.LoadUnsafe(ref a2, (nuint)i);
            c20 = Vector256.FusedMultiplyAdd(row, column0, c20);
            c21 = Vector256.FusedMultiplyAdd(row, column1, c21);
            c22 = Vector256.FusedMultiplyAdd(row, column2, c22);
            row = Vector256.LoadUnsafe(ref a3, (nuint)i);
            c30 = Vector256.FusedMultiplyAdd(row, column0, c30);
            c31 = Vector256.FusedMultiplyAdd(row, column1, c31);
            c32 = Vector256.FusedMultiplyAdd(row, column2, c32);
        }

        AddSums(c, c00, c01, c02);
        AddSums(c[strideC..], c10, c11, c12);
        AddSums(c[(2 * strideC)..], c20, c21, c22);
        AddSums(c[(3 * strideC)..], c30, c31, c32);
    }

    private static void AddSums(Span<float> destination, Vector256<float> first, Vector256<float> second, Vector256<float> third)
    {
        destination[0] += Vector256.Sum(first);
        destination[1] += Vector256.Sum(second);
        destination[2] += Vector256.Sum(third);
    }

    private static void AddDots(
        ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> c, int strideC, (int Rows, int Columns, int Length) tile)
    {
        for (var row = 0; row < tile.Rows; row++)
        {
            for (var column = 0; column < tile.Columns; column++)
                c[(row * strideC) + column] += VectorMath.Dot(a.Slice(row * strideA, tile.Length), b.Slice(column * strideB, tile.Length));
        }
    }
}
