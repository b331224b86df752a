using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Onnx;

/// <summary>The files that a model's weights lie in, mapped as long as the model lives.</summary>
internal sealed class ModelSource(string? path) : IDisposable
{
    private readonly Dictionary<string, MappedFile?> _files = new(StringComparer.Ordinal);
    private readonly ExternalDataFolder? _folder = path is null ? null : new ExternalDataFolder(path);

    /// <summary>The model's file, for messages; null for a model in memory.</summary>
    public string? Path => path;

    /// <summary>The whole model file.</summary>
    /// <exception cref="DiagnosticException">MC0001 missing, MC1001 empty, MC1008 too large.</exception>
    public ReadOnlyMemory<byte> MapModel()
    {
        if (!File.Exists(path))
            throw new DiagnosticException(DiagnosticRules.ModelFileMissing.Create(path, path ?? ""));
        var file = Map(path) ?? throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(path, "the file is empty"));
        if (file.Length > int.MaxValue)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(path, $"{file.Length} bytes in one file", $"{int.MaxValue} bytes; larger models keep their weights in external data"));
        return file.Memory(0, (int)file.Length);
    }

    /// <summary>The bytes of a tensor that lies beside the model.</summary>
    /// <exception cref="DiagnosticException">MC1004 missing or too short, MC1005 outside the model's folder, MC1007 another length than declared.</exception>
    public TensorData MapExternal(ExternalDataPlace place, string tensor, long length)
    {
        var resolved = _folder is null ? place.Location : _folder.Resolve(place.Location, tensor);
        if (_folder is null || !File.Exists(resolved))
            throw Missing(place, tensor);
        var file = Map(resolved);
        if (place.Offset > (file?.Length ?? 0) - length)
            throw Missing(place, tensor);
        return file is null ? new ManagedTensorData(default) : new MappedTensorData(file, place.Offset, length);
    }

    /// <summary>MC1009 for this file.</summary>
    public DiagnosticException Invalid(string problem) => new(DiagnosticRules.GraphInvalid.Create(path, problem));

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file?.Dispose();
    }

    private DiagnosticException Missing(ExternalDataPlace place, string tensor) =>
        new(DiagnosticRules.ExternalDataMissing.Create(path, tensor, place.Location));

    private MappedFile? Map(string file)
    {
        if (_files.TryGetValue(file, out var known))
            return known;
        try
        {
            return _files[file] = MappedFile.Open(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DiagnosticRules.ModelUnreadable.Create(file, exception.Message));
        }
    }
}
