namespace ModelCompiler.Graphs;

/// <summary>
/// The bytes of a tensor, little-endian and packed as ONNX's <c>raw_data</c>. They may lie in managed memory or in a mapped file:
/// whoever only looks never copies them.
/// </summary>
public abstract class TensorData
{
    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>All bytes at once, to be kept. Only for data up to <see cref="int.MaxValue"/> bytes; larger data is read in pieces.</summary>
    public abstract ReadOnlyMemory<byte> Memory { get; }

    /// <summary>All bytes at once. Only for data up to <see cref="int.MaxValue"/> bytes; larger data is read in pieces.</summary>
    public virtual ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Copies the bytes from <paramref name="offset"/> on into <paramref name="destination"/>.</summary>
    public abstract void Read(long offset, Span<byte> destination);

    /// <summary>Writes all bytes to <paramref name="stream"/> without holding more than a piece of them.</summary>
    public virtual void CopyTo(Stream stream)
    {
        const int Piece = 1 << 20;
        var buffer = new byte[(int)Math.Min(Piece, Length)];
        for (long offset = 0; offset < Length; offset += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, Length - offset));
            Read(offset, part);
            stream.Write(part);
        }
    }
}

/// <summary>Bytes in memory: an array, or a view of the model's mapped file.</summary>
public sealed class ManagedTensorData(ReadOnlyMemory<byte> bytes) : TensorData
{
    public override long Length => bytes.Length;

    public override ReadOnlyMemory<byte> Memory => bytes;

    public override void Read(long offset, Span<byte> destination) =>
        bytes.Span.Slice(checked((int)offset), destination.Length).CopyTo(destination);

    public override void CopyTo(Stream stream) => stream.Write(bytes.Span);
}
