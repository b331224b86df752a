using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModelCompiler;

/// <summary>What a model says of one input or output.</summary>
public sealed class TensorSpec
{
    private readonly long[]? _dimensions;

    private TensorSpec(string name, TensorElementType elementType, long[]? dimensions)
    {
        Name = name;
        ElementType = elementType;
        _dimensions = dimensions;
        FixedLength = elementType is TensorElementType.String or TensorElementType.DataTypeMax || dimensions is null || dimensions.Any(axis => axis < 0) ? null : TensorShape.Length(dimensions);
    }

    /// <summary>The name in the model.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public TensorElementType ElementType { get; }

    /// <summary>The length of each axis, −1 where the caller or the model decides; null where not even the number of axes is known.</summary>
    public IReadOnlyList<long>? Dimensions => _dimensions;

    /// <summary>The number of elements; null where an axis is open.</summary>
    internal int? FixedLength { get; }

    /// <summary>A tensor of a known number of axes.</summary>
    /// <typeparam name="T">The .NET type of its elements; <see cref="Half"/> is ONNX's float16.</typeparam>
    /// <param name="name">The name in the model.</param>
    /// <param name="dimensions">The length of each axis, −1 where it is open.</param>
    /// <exception cref="NotSupportedException">ONNX Runtime has no tensors of <typeparamref name="T"/>.</exception>
    public static TensorSpec Of<T>(string name, params long[] dimensions)
        where T : unmanaged =>
        new(name, ElementTypeOf<T>(), dimensions);

    /// <summary>A tensor of which not even the number of axes is known.</summary>
    /// <typeparam name="T">The .NET type of its elements.</typeparam>
    /// <param name="name">The name in the model.</param>
    /// <exception cref="NotSupportedException">ONNX Runtime has no tensors of <typeparamref name="T"/>.</exception>
    public static TensorSpec Unranked<T>(string name)
        where T : unmanaged =>
        new(name, ElementTypeOf<T>(), null);

    /// <summary>A tensor of strings.</summary>
    /// <param name="name">The name in the model.</param>
    /// <param name="dimensions">The length of each axis, −1 where it is open; null where not even their number is known.</param>
    public static TensorSpec Strings(string name, params long[]? dimensions) => new(name, TensorElementType.String, dimensions);

    /// <summary>A value that is passed as an <see cref="OrtValue"/>: strings, sequences, maps.</summary>
    /// <param name="name">The name in the model.</param>
    public static TensorSpec Opaque(string name) => new(name, TensorElementType.DataTypeMax, null);

    /// <summary>Whether the value is a tensor of numbers or strings.</summary>
    internal bool IsTensor => ElementType != TensorElementType.DataTypeMax;

    /// <summary>Whether the value is a tensor of numbers, which lie in memory one after the other.</summary>
    internal bool IsNumeric => IsTensor && ElementType != TensorElementType.String;

    /// <summary>Bytes of one element.</summary>
    internal int ElementSize => SizeOf(ElementType);

    internal long[] FixedShape => _dimensions!;

    /// <summary>The shape of one sample, where nothing but the first axis is open; null for every other.</summary>
    internal long[]? OneSample => IsNumeric && _dimensions is [< 0, ..] && !_dimensions.AsSpan(1).ContainsAnyInRange(long.MinValue, -1) ? [1, .. _dimensions.AsSpan(1)] : null;

    /// <summary>Whether a tensor of this shape may be given.</summary>
    internal bool Accepts(ReadOnlySpan<long> shape)
    {
        if (_dimensions is null)
            return true;
        if (shape.Length != _dimensions.Length)
            return false;

        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] < 0 || (_dimensions[axis] >= 0 && _dimensions[axis] != shape[axis]))
                return false;
        }

        return true;
    }

    /// <summary>For example <c>'data_0' float [1, 3, ?, ?]</c>.</summary>
    public override string ToString()
    {
        var shape = _dimensions is null ? "of any shape" : $"[{TensorShape.Text(_dimensions)}]";
        return IsTensor ? $"'{Name}' {ElementType.ToString().ToLowerInvariant()} {shape}" : $"'{Name}'";
    }

    internal static TensorElementType ElementTypeOf<T>()
        where T : unmanaged =>
        default(T) switch
        {
            float => TensorElementType.Float,
            double => TensorElementType.Double,
            Half or Float16 => TensorElementType.Float16,
            BFloat16 => TensorElementType.BFloat16,
            byte => TensorElementType.UInt8,
            sbyte => TensorElementType.Int8,
            ushort => TensorElementType.UInt16,
            short => TensorElementType.Int16,
            uint => TensorElementType.UInt32,
            int => TensorElementType.Int32,
            ulong => TensorElementType.UInt64,
            long => TensorElementType.Int64,
            bool => TensorElementType.Bool,
            _ => throw new NotSupportedException($"ONNX Runtime has no tensors of {typeof(T).Name}."),
        };

    internal static int SizeOf(TensorElementType type) => type switch
    {
        TensorElementType.Double or TensorElementType.Int64 or TensorElementType.UInt64 => 8,
        TensorElementType.Float or TensorElementType.Int32 or TensorElementType.UInt32 => 4,
        TensorElementType.Float16 or TensorElementType.BFloat16 or TensorElementType.Int16 or TensorElementType.UInt16 => 2,
        _ => 1,
    };
}
