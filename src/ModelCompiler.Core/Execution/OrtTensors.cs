using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using Tensor = ModelCompiler.Graphs.Tensor;

namespace ModelCompiler.Execution;

/// <summary>Copies tensors into ONNX Runtime's memory and back. Element types have the same numbers on both sides: those of the ONNX specification.</summary>
internal static class OrtTensors
{
    /// <summary>True for the element types that ONNX Runtime's C# API can exchange: the complex, 2-bit, 4-bit and 8-bit float types are not among them.</summary>
    public static bool CanExchange(ElementType type) => type
        is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16
        or ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.Int64
        or ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64
        or ElementType.Bool or ElementType.String;

    /// <summary>A copy of <paramref name="tensor"/> that ONNX Runtime owns.</summary>
    public static OrtValue ToOrt(Tensor tensor)
    {
        if (tensor.Type == ElementType.String)
            return StringsToOrt(tensor);
        if (!CanExchange(tensor.Type) || tensor.Data.Length > int.MaxValue)
            throw OrtFailure.Refusal(null, $"a tensor {tensor} cannot be handed to it.");

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)tensor.Type, tensor.Dims.ToArray());
        if (tensor.Data.Length > 0)
            tensor.Data.Read(0, value.GetTensorMutableRawData());
        return value;
    }

    /// <summary>A managed copy of an output.</summary>
    /// <exception cref="DiagnosticException">MC1010: the output is no tensor, or of an element type that cannot be read.</exception>
    public static Tensor FromOrt(OrtValue value, string name)
    {
        if (ReadableInfo(value, name) is not { } info)
            return Tensor.OfStrings(StringsFromOrt(value), value.GetTensorTypeAndShape().Shape);
        return new Tensor((ElementType)info.ElementDataType, info.Shape, new ManagedTensorData(value.GetTensorMutableRawData().ToArray()));
    }

    /// <summary>An output where it lies, as long as <paramref name="value"/> lives; strings are copied.</summary>
    /// <exception cref="DiagnosticException">MC1010: the output is no tensor, or of an element type that cannot be read.</exception>
    public static Tensor ViewOf(OrtValue value, string name) => ReadableInfo(value, name) is { } info
        ? new Tensor((ElementType)info.ElementDataType, info.Shape, new OrtTensorData(value))
        : FromOrt(value, name);

    /// <summary>Null for strings.</summary>
    private static OrtTensorTypeAndShapeInfo? ReadableInfo(OrtValue value, string name)
    {
        if (!value.IsTensor)
            throw OrtFailure.Refusal(null, $"the output '{name}' is not a tensor (but a {Describe(value.OnnxType)}), and only tensors can be compared.");
        var info = value.GetTensorTypeAndShape();
        var type = (ElementType)info.ElementDataType;
        if (type == ElementType.String)
            return null;
        if (!CanExchange(type) || type.ByteLength(info.ElementCount) > int.MaxValue)
            throw OrtFailure.Refusal(null, $"the output '{name}' is a tensor of {type.OnnxName()} with {info.ElementCount} elements, which cannot be read.");
        return info;
    }

    private static OrtValue StringsToOrt(Tensor tensor)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, tensor.Dims.ToArray());
        for (var i = 0; i < tensor.Strings.Count; i++)
            value.StringTensorSetElementAt(tensor.Strings[i].Span, i);
        return value;
    }

    private static ReadOnlyMemory<byte>[] StringsFromOrt(OrtValue value)
    {
        var strings = new ReadOnlyMemory<byte>[value.GetTensorTypeAndShape().ElementCount];
        for (var i = 0; i < strings.Length; i++)
            strings[i] = value.GetStringElementAsSpan(i).ToArray();
        return strings;
    }

    private static string Describe(OnnxValueType type) => type switch
    {
        OnnxValueType.ONNX_TYPE_SEQUENCE => "sequence",
        OnnxValueType.ONNX_TYPE_MAP => "map",
        OnnxValueType.ONNX_TYPE_SPARSETENSOR => "sparse tensor",
        OnnxValueType.ONNX_TYPE_OPTIONAL => "optional",
        _ => "value of an unknown kind",
    };
}
