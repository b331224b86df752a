using ModelCompiler.Graphs;

namespace ModelCompiler.Execution;

/// <summary>Some of the bytes of a tensor, where they lie.</summary>
internal sealed class TensorDataPart(TensorData whole, int start, int length) : TensorData
{
    public override long Length => length;

    public override ReadOnlyMemory<byte> Memory => whole.Memory.Slice(start, length);

    public override ReadOnlySpan<byte> Span => whole.Span.Slice(start, length);

    public override void Read(long offset, Span<byte> destination) => whole.Read(start + offset, destination);
}
