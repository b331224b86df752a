using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelCompiler.Contract;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Execution;

/// <summary>A tensor's memory that stays where it is: several models may read and write it, and so may the caller between their runs.</summary>
internal sealed class OrtBuffer : IDisposable
{
    private readonly long[] _dims;

    /// <param name="type">Not <see cref="ElementType.String"/>.</param>
    /// <param name="dims">The shape.</param>
    public OrtBuffer(ElementType type, long[] dims)
    {
        (Type, _dims) = (type, dims);
        Value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)type, dims);
        Bytes.Clear();
    }

    public ElementType Type { get; }

    public ReadOnlySpan<long> Dims => _dims;

    /// <summary>The elements of a float32 tensor.</summary>
    public Span<float> Floats => Type == ElementType.Float32 ? MemoryMarshal.Cast<byte, float>(Bytes) : throw new InvalidOperationException($"This is a tensor of {Type}.");

    public Span<byte> Bytes => Value.GetTensorMutableRawData();

    internal OrtValue Value { get; }

    public static OrtBuffer Of(Tensor tensor)
    {
        var buffer = new OrtBuffer(tensor.Type, tensor.Dims.ToArray());
        tensor.Data.Read(0, buffer.Bytes);
        return buffer;
    }

    /// <summary>A copy.</summary>
    public Tensor ToTensor() => new(Type, _dims, new Graphs.ManagedTensorData(Bytes.ToArray()));

    public void Dispose() => Value.Dispose();
}
