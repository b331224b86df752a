using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Onnx;

/// <summary>Writes ONNX models: the same model gives the same bytes.</summary>
public static class OnnxWriter
{
    /// <summary>Protobuf files end at 2 GB; the difference is room for everything that is not a tensor.</summary>
    private const long MaxTensorBytes = 1_900_000_000;

    private const int BufferSize = 1 << 16;

    /// <summary>
    /// Writes the model to <paramref name="path"/>. Tensors that came from external data go to data files beside it, and so do all larger ones where the
    /// file would pass 2 GB. Everything is written beside its place and renamed at the end; what the model was read from is never overwritten before.
    /// </summary>
    /// <returns>The files that were written, the model first.</returns>
    /// <exception cref="DiagnosticException">MC5002: the files cannot be written.</exception>
    public static IReadOnlyList<string> Write(Model model, string path) => Write(model, path, MaxTensorBytes);

    internal static IReadOnlyList<string> Write(Model model, string path, long maxTensorBytes)
    {
        try
        {
            return WriteFiles(model, Path.GetFullPath(path), moveOut: ModelTensors.InlineBytes(model) > maxTensorBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DiagnosticRules.OutputUnwritable.Create(path, exception.Message));
        }
    }

    /// <summary>The model as one block of bytes, external data included: what a session in memory takes.</summary>
    /// <exception cref="DiagnosticException">MC1008: its tensors have more than 1.9 GB; write it to a file instead.</exception>
    public static byte[] ToBytes(Model model)
    {
        var bytes = ModelTensors.AllBytes(model);
        if (bytes > MaxTensorBytes)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(null, $"{bytes} bytes of tensors in memory", MaxTensorBytes));
        return ModelWriter.Write(model, null).ToByteArray();
    }

    private static IReadOnlyList<string> WriteFiles(Model model, string path, bool moveOut)
    {
        using var external = new ExternalDataWriter(path, ModelTensors.FilesOf(model), moveOut);
        using var file = new StagedFile(path);
        var proto = ModelWriter.Write(model, external);
        using (var output = new CodedOutputStream(file.Stream, BufferSize, leaveOpen: true))
            proto.WriteTo(output);
        external.Publish();
        file.Publish();
        return [path, .. external.Paths];
    }
}
