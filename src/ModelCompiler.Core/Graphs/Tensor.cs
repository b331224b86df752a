using System.Runtime.InteropServices;
using ModelCompiler.Contract;

namespace ModelCompiler.Graphs;

/// <summary>An immutable tensor: a weight, an attribute, a sample. Several graphs may share one.</summary>
public sealed class Tensor
{
    private readonly long[] _dims;

    public Tensor(ElementType type, ReadOnlySpan<long> dims, TensorData data)
    {
        Type = type;
        _dims = dims.ToArray();
        Data = data;
        if (data.Length != type.ByteLength(Count))
            throw new ArgumentException($"{type}[{string.Join(',', _dims)}] needs {type.ByteLength(Count)} bytes, not {data.Length}.", nameof(data));
    }

    private Tensor(ReadOnlySpan<long> dims, IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        Type = ElementType.String;
        _dims = dims.ToArray();
        Data = new ManagedTensorData(default);
        Strings = strings;
        if (strings.Count != Count)
            throw new ArgumentException($"[{string.Join(',', _dims)}] needs {Count} strings, not {strings.Count}.", nameof(strings));
    }

    public ElementType Type { get; }

    public ReadOnlySpan<long> Dims => _dims;

    public int Rank => _dims.Length;

    /// <summary>Number of elements: 1 for a scalar, 0 where a dimension is 0.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (var dim in _dims)
                count = checked(count * dim);
            return count;
        }
    }

    public TensorData Data { get; }

    /// <summary>The elements of a <see cref="ElementType.String"/> tensor (UTF-8), else empty.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Strings { get; } = [];

    /// <summary>The external file, relative to the model, from which the tensor was read and to which it is written back.</summary>
    public string? ExternalFile { get; init; }

    /// <summary>What the file says of the tensor beside its elements (documentation, unknown fields), for the writer.</summary>
    internal object? Record { get; set; }

    /// <summary>A tensor that owns a copy of <paramref name="values"/>.</summary>
    public static Tensor Of<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> dims)
        where T : unmanaged => new(ElementTypeOf<T>.Value, dims, new ManagedTensorData(MemoryMarshal.AsBytes(values).ToArray()));

    public static Tensor Of<T>(T[] values, params ReadOnlySpan<long> dims)
        where T : unmanaged => Of((ReadOnlySpan<T>)values, dims);

    public static Tensor Scalar<T>(T value)
        where T : unmanaged => Of([value]);

    /// <summary>A one-dimensional tensor, the form of axes, pads and shapes.</summary>
    public static Tensor Vector<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => Of(values, values.Length);

    public static Tensor OfStrings(IReadOnlyList<ReadOnlyMemory<byte>> strings, params ReadOnlySpan<long> dims) => new(dims, strings);

    /// <summary>The elements in place. <typeparamref name="T"/> must have the size of the element type.</summary>
    public ReadOnlySpan<T> Span<T>()
        where T : unmanaged
    {
        if (Marshal.SizeOf<T>() * 8 != Type.BitWidth() && !(typeof(T) == typeof(bool) && Type == ElementType.Bool))
            throw new InvalidOperationException($"A tensor of {Type} cannot be read as {typeof(T).Name}.");
        return MemoryMarshal.Cast<byte, T>(Data.Span);
    }

    /// <summary>The same elements under another shape of equal count.</summary>
    public Tensor Reshape(params ReadOnlySpan<long> dims) => Type == ElementType.String ? new(dims, Strings) : new(Type, dims, Data);

    public override string ToString() => $"{Type.OnnxName()}[{string.Join(',', _dims)}]";

    private static class ElementTypeOf<T>
    {
        public static readonly ElementType Value = default(T) switch
        {
            float => ElementType.Float32,
            double => ElementType.Float64,
            Half => ElementType.Float16,
            sbyte => ElementType.Int8,
            byte => ElementType.UInt8,
            short => ElementType.Int16,
            ushort => ElementType.UInt16,
            int => ElementType.Int32,
            uint => ElementType.UInt32,
            long => ElementType.Int64,
            ulong => ElementType.UInt64,
            bool => ElementType.Bool,
            _ => throw new NotSupportedException($"{typeof(T).Name} is not an ONNX element type."),
        };
    }
}
