using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModelCompiler;

/// <summary>A tensor over memory of our own that never moves, so that binding it once is enough and a span over it costs nothing.</summary>
internal sealed unsafe class NativeTensor : InputValue
{
    // Wide enough for the widest vector loads of ONNX Runtime's kernels.
    private const nuint Alignment = 64;

    private readonly TensorElementType _type;
    private readonly long[] _shape;
    private readonly int _bytes;
    private void* _memory;

    public NativeTensor(TensorElementType type, ReadOnlySpan<long> shape)
    {
        _type = type;
        _shape = shape.ToArray();
        _bytes = checked(TensorShape.Length(shape) * TensorSpec.SizeOf(type));
        _memory = NativeMemory.AlignedAlloc((nuint)Math.Max(1, _bytes), Alignment);
        NativeMemory.Clear(_memory, (nuint)_bytes);
        Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, _shape, (nint)_memory, _bytes);
    }

    public override OrtValue Value { get; }

    public ReadOnlySpan<long> Shape => _shape;

    public Span<T> Span<T>()
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(new Span<byte>(_memory, _bytes));

    public override NativeTensor Copy()
    {
        var copy = new NativeTensor(_type, _shape);
        Span<byte>().CopyTo(copy.Span<byte>());
        return copy;
    }

    public override void Dispose()
    {
        if (_memory == null)
            return;

        Value.Dispose();
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
