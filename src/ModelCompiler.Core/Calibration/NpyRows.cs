using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>
/// Reads an array along its first axis, some rows at a time, in C order and little-endian. Only an array in Fortran order is read as a whole,
/// since its rows do not lie together.
/// </summary>
internal sealed class NpyRows : IDisposable
{
    private readonly NpyHeader _header;
    private readonly Stream _stream;

    private NpyRows(NpyHeader header, Stream stream)
    {
        _header = header;
        _stream = stream;
    }

    /// <exception cref="FormatException">Not an array that can become tensors.</exception>
    public static NpyRows Open(Stream stream)
    {
        var header = NpyHeader.Read(stream);
        if (!header.FortranOrder || header.Shape.Length < 2)
            return new NpyRows(header, stream);
        using (stream)
            return new NpyRows(header, new MemoryStream(ToRowOrder(stream, header)));
    }

    /// <summary>The next <paramref name="rows"/> rows as a tensor of the given dimensions.</summary>
    public Tensor Next(int rows, ReadOnlySpan<long> dims)
    {
        var bytes = new byte[checked((int)(rows * RowBytes))];
        _stream.ReadExactly(bytes);
        if (_header.BigEndian)
            ReverseEach(bytes, ElementBytes);
        return new Tensor(_header.Type, dims, new ManagedTensorData(bytes));
    }

    public void Skip(int rows)
    {
        var buffer = new byte[Math.Min(1 << 16, rows * RowBytes)];
        for (var left = rows * RowBytes; left > 0; left -= buffer.Length)
            _stream.ReadExactly(buffer, 0, (int)Math.Min(left, buffer.Length));
    }

    public void Dispose() => _stream.Dispose();

    private int ElementBytes => _header.Type.BitWidth() / 8;

    private long RowBytes => _header.Shape.Skip(1).Aggregate((long)ElementBytes, (product, size) => checked(product * size));

    private static byte[] ToRowOrder(Stream stream, NpyHeader header)
    {
        var size = header.Type.BitWidth() / 8;
        var columnOrder = new byte[checked((int)(header.Shape.Aggregate(1L, (product, axis) => product * axis) * size))];
        stream.ReadExactly(columnOrder);

        var rowOrder = new byte[columnOrder.Length];
        var index = new long[header.Shape.Length];
        for (var to = 0; to < rowOrder.Length; to += size)
        {
            columnOrder.AsSpan((int)(ColumnOffset(index, header.Shape) * size), size).CopyTo(rowOrder.AsSpan(to));
            Advance(index, header.Shape);
        }

        return rowOrder;
    }

    private static long ColumnOffset(long[] index, long[] shape)
    {
        long offset = 0;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
            offset = (offset * shape[axis]) + index[axis];
        return offset;
    }

    private static void Advance(long[] index, long[] shape)
    {
        for (var axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            index[axis] = 0;
    }

    private static void ReverseEach(byte[] bytes, int size)
    {
        for (var i = 0; i < bytes.Length; i += size)
            bytes.AsSpan(i, size).Reverse();
    }
}
