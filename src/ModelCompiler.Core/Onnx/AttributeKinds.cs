using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>What an attribute's record holds.</summary>
internal static class AttributeKinds
{
    /// <summary>The declared kind; files of IR version 1 did not declare it, so the field that is there decides. References of function bodies have none.</summary>
    public static AttributeKind Of(AttributeProto proto) => proto switch
    {
        { HasRefAttrName: true, RefAttrName.Length: > 0 } => AttributeKind.Undefined,
        { HasType: true, Type: not 0 } => (AttributeKind)proto.Type,
        { HasF: true } => AttributeKind.Float,
        { HasI: true } => AttributeKind.Int,
        { HasS: true } => AttributeKind.Bytes,
        { T: not null } => AttributeKind.Tensor,
        { G: not null } => AttributeKind.Graph,
        { Floats.Count: > 0 } => AttributeKind.Floats,
        { Ints.Count: > 0 } => AttributeKind.Ints,
        { Strings.Count: > 0 } => AttributeKind.ManyBytes,
        { Tensors.Count: > 0 } => AttributeKind.Tensors,
        { Graphs.Count: > 0 } => AttributeKind.Graphs,
        _ => AttributeKind.Undefined,
    };

    public static AttributeKind Of(AttributeValue value) => value switch
    {
        AttributeValue.Float => AttributeKind.Float,
        AttributeValue.Int => AttributeKind.Int,
        AttributeValue.Bytes => AttributeKind.Bytes,
        AttributeValue.Floats => AttributeKind.Floats,
        AttributeValue.Ints => AttributeKind.Ints,
        AttributeValue.ManyBytes => AttributeKind.ManyBytes,
        AttributeValue.OfTensor => AttributeKind.Tensor,
        AttributeValue.OfTensors => AttributeKind.Tensors,
        AttributeValue.OfGraph => AttributeKind.Graph,
        AttributeValue.OfGraphs => AttributeKind.Graphs,
        _ => AttributeKind.Undefined,
    };

    /// <summary>The record without kind and value; null where only the name is left.</summary>
    public static AttributeProto? Shell(AttributeProto proto)
    {
        var shell = proto.Clone();
        var plain = new AttributeProto { Name = proto.Name };
        shell.ClearType();
        shell.ClearF();
        shell.ClearI();
        shell.ClearS();
        shell.T = null;
        shell.G = null;
        shell.SparseTensor = null;
        shell.Tp = null;
        shell.Floats.Clear();
        shell.Ints.Clear();
        shell.Strings.Clear();
        shell.Tensors.Clear();
        shell.Graphs.Clear();
        shell.SparseTensors.Clear();
        shell.TypeProtos.Clear();
        return shell.Equals(plain) ? null : shell;
    }
}
