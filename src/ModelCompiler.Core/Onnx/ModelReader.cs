using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>From the bytes of a file to a verified model.</summary>
internal static class ModelReader
{
    /// <summary>A little more than the walk has allowed already.</summary>
    private const int RecursionLimit = FileSkeleton.MaxDepth + 20;

    public static Model Read(ReadOnlyMemory<byte> file, ModelSource source)
    {
        RejectOtherKinds(file, source);
        var proto = Parse(file, source);
        var model = new Model(proto.IrVersion, proto.Graph.Name, source);
        foreach (var opset in proto.OpsetImport)
            model.SetOpset(OperatorDomain.Normalize(opset.Domain), opset.Version);
        foreach (var entry in proto.MetadataProps)
            model.Metadata.Add(new(entry.Key, entry.Value));
        model.Functions = [.. proto.Functions.Select(function => new ModelFunction(OperatorDomain.Normalize(function.Domain), function.Name, function))];

        var graphs = new GraphReader(source);
        graphs.Read(proto.Graph, model.Graph, null);
        if (GraphVerifier.Verify(model) is [var problem, ..])
            throw source.Invalid(problem);
        foreach (var shadow in graphs.Shadows)
            shadow.Name = model.UniqueName(shadow.Name);
        model.Record = Shell(proto);
        return model;
    }

    private static void RejectOtherKinds(ReadOnlyMemory<byte> file, ModelSource source)
    {
        using var head = new MemoryStream(file.Span[..Math.Min(file.Length, 64)].ToArray());
        FileKind.Reject(head, source.Path);
    }

    private static ModelProto Parse(ReadOnlyMemory<byte> file, ModelSource source)
    {
        var skeleton = FileSkeleton.Of(file.Span, source.Path);
        using var stream = new MemoryStream(skeleton.Array!, skeleton.Offset, skeleton.Count, writable: false);
        using var input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, RecursionLimit);
        try
        {
            var model = ModelProto.Parser.ParseFrom(input);
            new PayloadPlaces(file).Restore(model);
            return model;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(source.Path, $"a record in it is damaged ({exception.Message})"));
        }
    }

    private static ModelProto Shell(ModelProto proto)
    {
        proto.ClearIrVersion();
        proto.Graph = null;
        proto.OpsetImport.Clear();
        proto.MetadataProps.Clear();
        proto.Functions.Clear();
        return proto;
    }
}
