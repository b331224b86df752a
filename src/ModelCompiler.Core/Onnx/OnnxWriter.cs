using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Onnx;

/// <summary>Writes ONNX models: the same model gives the same bytes.</summary>
public static class OnnxWriter
{
    private const int BufferSize = 1 << 16;

    /// <summary>
    /// Writes the model to <paramref name="path"/>, and tensors beside it as <paramref name="layout"/> says. Everything is written beside its place
    /// and renamed at the end; what the model was read from is never overwritten before.
    /// </summary>
    /// <returns>The files that were written, the model first.</returns>
    /// <exception cref="DiagnosticException">MC5002: the files cannot be written.</exception>
    public static IReadOnlyList<string> Write(Model model, string path, ExternalDataLayout layout = ExternalDataLayout.AsRead) =>
        Write(model, path, layout, ExternalDataGroups.MaxTensorBytes);

    internal static IReadOnlyList<string> Write(Model model, string path, ExternalDataLayout layout, long maxTensorBytes)
    {
        try
        {
            return WriteFiles(model, Path.GetFullPath(path), ExternalDataGroups.Of(model, layout, maxTensorBytes));
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
        if (bytes > ExternalDataGroups.MaxTensorBytes)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(null, $"{bytes} bytes of tensors in memory", ExternalDataGroups.MaxTensorBytes));
        return ModelWriter.Write(model, null).ToByteArray();
    }

    private static IReadOnlyList<string> WriteFiles(Model model, string path, Func<Tensor, string?> groupOf)
    {
        using var external = new ExternalDataWriter(path, ModelTensors.FilesOf(model), groupOf);
        using var file = new StagedFile(path);
        var proto = ModelWriter.Write(model, external);
        using (var output = new CodedOutputStream(file.Stream, BufferSize, leaveOpen: true))
            proto.WriteTo(output);
        external.Publish();
        file.Publish();
        return [path, .. external.Paths];
    }
}
