using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Reads ONNX models. Weights stay in their files until they are looked at; the model holds the files until it is disposed.</summary>
public static class OnnxReader
{
    /// <summary>Reads the model at <paramref name="path"/>; its external data must lie in the same folder or below.</summary>
    /// <exception cref="DiagnosticException">
    /// MC0001 no such file; MC1001 not ONNX; MC1002 a Git-LFS pointer; MC1003 truncated; MC1004, MC1005 external data missing or outside the folder;
    /// MC1006 too deep; MC1007 sizes that lie; MC1008 over a limit; MC1009 not a valid graph.
    /// </exception>
    public static Model Read(string path)
    {
        var source = new ModelSource(path);
        try
        {
            return ModelReader.Read(source.MapModel(), source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reads a model from memory, which the model then looks at; it cannot have external data.</summary>
    /// <exception cref="DiagnosticException">As for a file.</exception>
    public static Model Read(ReadOnlyMemory<byte> bytes) => ModelReader.Read(bytes, new ModelSource(null));

    /// <summary>Reads one tensor, as ONNX's test data keeps them (<c>input_0.pb</c>).</summary>
    /// <exception cref="DiagnosticException">MC1001 not a tensor, MC1007 sizes that lie, MC1008 rank over the limit.</exception>
    public static Tensor ReadTensor(ReadOnlySpan<byte> bytes, string? file = null)
    {
        try
        {
            return new TensorReader(new ModelSource(file)).Read(TensorProto.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(file, $"it is not a tensor ({exception.Message})"));
        }
    }
}
