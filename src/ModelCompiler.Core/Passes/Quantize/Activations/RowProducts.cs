using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace ModelCompiler.Passes;

/// <summary>Dot products of pairs of rows. Each number that is loaded takes part in several products, which one dot product after the other would not allow.</summary>
internal static class RowProducts
{
    private const int RowsOfBlock = 2;

    private const int ColumnsOfBlock = 4;

    /// <summary>Adds the products of each row with itself and those behind it to the upper half of a matrix.</summary>
    /// <param name="rows">One after the other.</param>
    /// <param name="size">How many rows there are.</param>
    /// <param name="length">Of a row.</param>
    /// <param name="stride">From the beginning of a row to that of the next.</param>
    /// <param name="products">size × size numbers, by rows.</param>
    public static void AddUpper(ReadOnlySpan<float> rows, int size, int length, int stride, Span<double> products)
    {
        for (var row = 0; row < size; row += RowsOfBlock)
        {
            var height = Math.Min(RowsOfBlock, size - row);
            for (var column = row; column < size; column += ColumnsOfBlock)
            {
                var width = Math.Min(ColumnsOfBlock, size - column);
                if (height == RowsOfBlock && width == ColumnsOfBlock)
                    AddBlock(rows, rows, length, stride, row, column, size, products);
                else
                    AddSingly(rows, length, stride, (row, height), (column, width), size, products);
            }
        }
    }

    /// <summary>Adds the products of each row of one set with each row of another.</summary>
    /// <param name="left">Its rows, one after the other.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="right">The rows of the other set.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="length">Of a row.</param>
    /// <param name="stride">From the beginning of a row to that of the next, in both.</param>
    /// <param name="products">count × size numbers, by rows.</param>
    public static void AddAll(ReadOnlySpan<float> left, int count, ReadOnlySpan<float> right, int size, int length, int stride, Span<double> products)
    {
        for (var row = 0; row < count; row += RowsOfBlock)
        {
            for (var column = 0; column < size; column += ColumnsOfBlock)
            {
                if (row + RowsOfBlock <= count && column + ColumnsOfBlock <= size)
                    AddBlock(left, right, length, stride, row, column, size, products);
                else
                    AddRest(left, Math.Min(count, row + RowsOfBlock), right, length, stride, row, column, size, products);
            }
        }
    }

    private static void AddRest(ReadOnlySpan<float> left, int end, ReadOnlySpan<float> right, int length, int stride, int row, int column, int size, Span<double> products)
    {
        for (var i = row; i < end; i++)
        {
            for (var j = column; j < Math.Min(size, column + ColumnsOfBlock); j++)
                products[(i * size) + j] += TensorPrimitives.Dot(left.Slice(i * stride, length), right.Slice(j * stride, length));
        }
    }

    private static void AddSingly(ReadOnlySpan<float> rows, int length, int stride, (int Start, int Count) row, (int Start, int Count) column, int size, Span<double> products)
    {
        for (var i = row.Start; i < row.Start + row.Count; i++)
        {
            for (var j = Math.Max(i, column.Start); j < column.Start + column.Count; j++)
                products[(i * size) + j] += TensorPrimitives.Dot(rows.Slice(i * stride, length), rows.Slice(j * stride, length));
        }
    }

    /// <summary>Two rows with four others. On the diagonal of a square one product of the lower half comes with them, which nobody reads.</summary>
    /// <remarks>Nearly all the time is spent here, from the first call on: not to be compiled quickly first and well later.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int length, int stride, int row, int column, int size, Span<double> products)
    {
        var a = left.Slice(row * stride, length);
        var b = left.Slice((row + 1) * stride, length);
        var p = right.Slice(column * stride, length);
        var q = right.Slice((column + 1) * stride, length);
        var r = right.Slice((column + 2) * stride, length);
        var s = right.Slice((column + 3) * stride, length);
        Vector<float> ap = default, aq = default, ar = default, a4 = default, bp = default, bq = default, br = default, b4 = default;
        var i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var (first, second) = (new Vector<float>(a[i..]), new Vector<float>(b[i..]));
            var (x, y, z, w) = (new Vector<float>(p[i..]), new Vector<float>(q[i..]), new Vector<float>(r[i..]), new Vector<float>(s[i..]));
            ap = Vector.FusedMultiplyAdd(first, x, ap);
            aq = Vector.FusedMultiplyAdd(first, y, aq);
            ar = Vector.FusedMultiplyAdd(first, z, ar);
            a4 = Vector.FusedMultiplyAdd(first, w, a4);
            bp = Vector.FusedMultiplyAdd(second, x, bp);
            bq = Vector.FusedMultiplyAdd(second, y, bq);
            br = Vector.FusedMultiplyAdd(second, z, br);
            b4 = Vector.FusedMultiplyAdd(second, w, b4);
        }

        var ofFirst = products.Slice((row * size) + column, ColumnsOfBlock);
        var ofSecond = products.Slice(((row + 1) * size) + column, ColumnsOfBlock);
        ofFirst[0] += Vector.Sum(ap) + Rest(a, p, i);
        ofFirst[1] += Vector.Sum(aq) + Rest(a, q, i);
        ofFirst[2] += Vector.Sum(ar) + Rest(a, r, i);
        ofFirst[3] += Vector.Sum(a4) + Rest(a, s, i);
        ofSecond[0] += Vector.Sum(bp) + Rest(b, p, i);
        ofSecond[1] += Vector.Sum(bq) + Rest(b, q, i);
        ofSecond[2] += Vector.Sum(br) + Rest(b, r, i);
        ofSecond[3] += Vector.Sum(b4) + Rest(b, s, i);
    }

    private static float Rest(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int from)
    {
        var sum = 0f;
        for (var i = from; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
