using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Reads a tensor that is a file of its own, the form of the test data that ONNX models are published with.</summary>
public static class TensorFile
{
    /// <exception cref="DiagnosticException">MC1001 not a tensor; MC1007, MC1008, MC1009 a tensor that is not sound.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (string Name, Tensor Tensor) Read(string path)
    {
        try
        {
            var proto = TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
            return (proto.Name, new TensorReader(new ModelSource(null)).Read(proto));
        }
        catch (InvalidProtocolBufferException)
        {
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(path, "the file does not hold a tensor"));
        }
    }
}
