using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>From a model to the record of a file.</summary>
internal static class ModelWriter
{
    public static ModelProto Write(Model model, ExternalDataWriter? external)
    {
        var proto = (model.Record as ModelProto)?.Clone() ?? new ModelProto();
        proto.IrVersion = model.IrVersion;
        foreach (var (domain, version) in model.Opsets)
            proto.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = version });
        foreach (var (key, value) in model.Metadata)
            proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        proto.Functions.Add(model.Functions.Select(function => (FunctionProto)function.Record));
        proto.Graph = new GraphWriter(new TensorWriter(external)).Write(model.Graph);
        return proto;
    }
}
