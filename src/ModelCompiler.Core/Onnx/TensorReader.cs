using System.Runtime.InteropServices;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Makes tensors of their records: whatever field the elements come in, they become the packed raw form.</summary>
internal sealed class TensorReader(ModelSource source)
{
    public const int MaxRank = 16;

    /// <exception cref="DiagnosticException">MC1004, MC1005 external data, MC1007 sizes that lie, MC1008 rank, MC1009 anything else.</exception>
    public Tensor Read(TensorProto proto)
    {
        var type = TypeOf(proto);
        var dims = DimsOf(proto);
        if (type == ElementType.String)
            return ReadStrings(proto, dims);
        var bytes = ByteLength(proto, type, dims);
        var external = proto.DataLocation == 1 ? PlaceOf(proto, type, bytes) : null;
        var data = external is null ? new ManagedTensorData(Payload(proto, type)) : source.MapExternal(external, proto.Name, bytes);
        if (data.Length != bytes)
            throw SizeMismatch(proto, type, data.Length);
        return new Tensor(type, dims, data) { ExternalFile = external?.Location, Record = Shell(proto) };
    }

    private Tensor ReadStrings(TensorProto proto, long[] dims)
    {
        if (CountOf(dims) != proto.StringData.Count)
            throw SizeMismatch(proto, ElementType.String, proto.StringData.Sum(text => (long)text.Length));
        var tensor = Tensor.OfStrings([.. proto.StringData.Select(text => text.Memory)], dims);
        tensor.Record = Shell(proto);
        return tensor;
    }

    private ElementType TypeOf(TensorProto proto) => Enum.IsDefined((ElementType)proto.DataType)
        ? (ElementType)proto.DataType
        : throw source.Invalid($"the tensor '{proto.Name}' is of element type {proto.DataType}, which this version does not know");

    private long[] DimsOf(TensorProto proto)
    {
        if (proto.Dims.Count > MaxRank)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(source.Path, $"the tensor '{proto.Name}' of rank {proto.Dims.Count}", $"rank {MaxRank}"));
        return [.. proto.Dims];
    }

    /// <summary>Number of elements, or null where it is negative or beyond 64 bits.</summary>
    private static long? CountOf(long[] dims)
    {
        Int128 count = 1;
        foreach (var dim in dims)
        {
            count *= dim;
            if (dim < 0 || count > long.MaxValue)
                return null;
        }

        return (long)count;
    }

    private long ByteLength(TensorProto proto, ElementType type, long[] dims) =>
        CountOf(dims) is { } count && (Int128)count * type.BitWidth() < long.MaxValue - 7
            ? type.ByteLength(count)
            : throw SizeMismatch(proto, type, proto.RawData.Length);

    private ExternalDataPlace PlaceOf(TensorProto proto, ElementType type, long bytes)
    {
        var place = ExternalDataPlace.Of(proto) ?? throw source.Invalid($"the tensor '{proto.Name}' does not say where its external data lies");
        if (place.Length is { } declared && declared != bytes)
            throw SizeMismatch(proto, type, declared);
        return place;
    }

    private static ReadOnlyMemory<byte> Payload(TensorProto proto, ElementType type)
    {
        if (proto.RawData.Length > 0)
            return proto.RawData.Memory;
        return type switch
        {
            ElementType.Float32 or ElementType.Complex64 => Bytes(proto.FloatData.ToArray()),
            ElementType.Float64 or ElementType.Complex128 => Bytes(proto.DoubleData.ToArray()),
            ElementType.Int64 => Bytes(proto.Int64Data.ToArray()),
            ElementType.UInt64 => Bytes(proto.Uint64Data.ToArray()),
            ElementType.UInt32 => Bytes(Array.ConvertAll([.. proto.Uint64Data], value => (uint)value)),
            ElementType.Int32 => Bytes(proto.Int32Data.ToArray()),
            _ when type.BitWidth() == 16 => Bytes(Array.ConvertAll([.. proto.Int32Data], value => (ushort)value)),
            _ => Array.ConvertAll([.. proto.Int32Data], value => (byte)value),   // also several sub-byte elements to a number
        };
    }

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    /// <summary>The record without what the tensor itself says.</summary>
    private static TensorProto? Shell(TensorProto proto)
    {
        proto.Dims.Clear();
        proto.ClearDataType();
        proto.ClearDataLocation();
        proto.ClearRawData();
        proto.FloatData.Clear();
        proto.DoubleData.Clear();
        proto.Int32Data.Clear();
        proto.Int64Data.Clear();
        proto.Uint64Data.Clear();
        proto.StringData.Clear();
        proto.ExternalData.Clear();
        return proto.CalculateSize() == 0 ? null : proto;
    }

    private DiagnosticException SizeMismatch(TensorProto proto, ElementType type, long bytes) =>
        new(DiagnosticRules.SizeMismatch.Create(source.Path, proto.Name, $"{type.OnnxName()}[{string.Join(',', proto.Dims)}]", bytes));
}
