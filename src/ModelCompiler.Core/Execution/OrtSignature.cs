using Microsoft.ML.OnnxRuntime;
using ModelCompiler.Contract;

namespace ModelCompiler.Execution;

/// <summary>What a loaded session says of its inputs and outputs, in our terms.</summary>
internal static class OrtSignature
{
    public static ValueSignature Of(string name, NodeMetadata metadata) => metadata.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => Tensor(name, metadata),
        OnnxValueType.ONNX_TYPE_SEQUENCE => Other(name, ValueKind.Sequence),
        OnnxValueType.ONNX_TYPE_MAP => Other(name, ValueKind.Map),
        OnnxValueType.ONNX_TYPE_OPTIONAL => Other(name, ValueKind.Optional),
        _ => Other(name, ValueKind.SparseTensor),
    };

    private static ValueSignature Tensor(string name, NodeMetadata metadata)
    {
        var type = (ElementType)metadata.ElementDataType;
        var dimensions = metadata.Dimensions.Zip(metadata.SymbolicDimensions, DimensionOf).ToArray();
        EquatableArray<Dimension>? shape = dimensions.Length > 0 ? new(dimensions) : null;
        return new(name, ValueKind.Tensor, type, shape, $"tensor({type.OnnxName()})");
    }

    private static Dimension DimensionOf(int size, string symbol) =>
        size >= 0 ? Dimension.Of(size) : symbol.Length > 0 ? Dimension.Named(symbol) : Dimension.Unknown;

    private static ValueSignature Other(string name, ValueKind kind) =>
        new(name, kind, ElementType.Undefined, null, kind.ToString().ToLowerInvariant());
}
