using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>The file's record of a value's name and type.</summary>
internal static class ValueInfo
{
    /// <summary>
    /// What the file said beside the type is kept. So is its own wording of the type (denotations, a −1 for an unknown size) as long as the type is the same.
    /// </summary>
    public static ValueInfoProto Of(Value value)
    {
        var info = (value.Record as ValueInfoProto)?.Clone() ?? new ValueInfoProto();
        info.Name = value.Name;
        if (!Equals(OnnxTypes.Read(info.Type), value.Type))
            info.Type = value.Type is null ? null : OnnxTypes.Write(value.Type);
        return info;
    }

}
