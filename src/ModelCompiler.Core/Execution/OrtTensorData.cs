using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Graphs;

namespace ModelCompiler.Execution;

/// <summary>Bytes that ONNX Runtime owns, as long as their value lives.</summary>
internal sealed class OrtTensorData(OrtValue value) : TensorData
{
    public override long Length => Span.Length;

    /// <summary>A copy, which may be kept.</summary>
    public override ReadOnlyMemory<byte> Memory => Span.ToArray();

    public override ReadOnlySpan<byte> Span => value.GetTensorMutableRawData();

    public override void Read(long offset, Span<byte> destination) => Span.Slice(checked((int)offset), destination.Length).CopyTo(destination);
}
