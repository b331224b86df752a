using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Model;

/// <summary>The C# types of ONNX's element types.</summary>
internal static class CSharpTypes
{
    private static readonly Dictionary<string, string> Numbers = Enum.GetValues(typeof(ElementType)).Cast<ElementType>()
        .Where(type => Of(type) is not null).ToDictionary(type => type.OnnxName(), type => Of(type)!, StringComparer.Ordinal);

    /// <summary>Null for strings, and for what C# has no type of.</summary>
    public static string? Of(ElementType type) => type switch
    {
        ElementType.Float32 => "float",
        ElementType.Float64 => "double",
        ElementType.Float16 => "global::System.Half",
        ElementType.BFloat16 => "global::Microsoft.ML.OnnxRuntime.BFloat16",
        ElementType.Int8 => "sbyte",
        ElementType.UInt8 => "byte",
        ElementType.Int16 => "short",
        ElementType.UInt16 => "ushort",
        ElementType.Int32 => "int",
        ElementType.UInt32 => "uint",
        ElementType.Int64 => "long",
        ElementType.UInt64 => "ulong",
        ElementType.Bool => "bool",
        _ => null,
    };

    /// <summary>By ONNX's word.</summary>
    public static string? OfTensor(string word) => Numbers.TryGetValue(word, out var type) ? type : null;

    /// <summary>Keys and values that ONNX Runtime has maps of.</summary>
    public static string? OfMap(string word) => word switch
    {
        "string" => "string",
        "int64" => "long",
        "int32" => "int",
        "float" => "float",
        "double" => "double",
        _ => null,
    };
}
