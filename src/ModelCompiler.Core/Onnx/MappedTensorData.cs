using ModelCompiler.Graphs;

namespace ModelCompiler.Onnx;

/// <summary>Bytes that stay in a file of external data until somebody looks at them. They may be more than 2 GB.</summary>
internal sealed class MappedTensorData(MappedFile file, long offset, long length) : TensorData
{
    private const int Piece = 1 << 24;

    public MappedFile File => file;

    public override long Length => length;

    public override ReadOnlyMemory<byte> Memory => file.Memory(offset, WholeLength());

    public override ReadOnlySpan<byte> Span => file.Span(offset, WholeLength());

    public override void Read(long start, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, length - destination.Length);
        file.Span(offset + start, destination.Length).CopyTo(destination);
    }

    public override void CopyTo(Stream stream)
    {
        for (long done = 0; done < length; done += Piece)
            stream.Write(file.Span(offset + done, (int)Math.Min(Piece, length - done)));
    }

    private int WholeLength() =>
        length <= int.MaxValue ? (int)length : throw new InvalidOperationException($"{length} bytes are more than one span holds; read them in pieces.");
}
