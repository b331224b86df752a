using System.Globalization;

namespace ModelCompiler.Onnx;

/// <summary>A file that is written beside its place and renamed when it is complete, so that nobody ever reads half of it.</summary>
internal sealed class StagedFile : IDisposable
{
    private readonly string _staging;
    private bool _published;

    public StagedFile(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder.");
        Path = path;
        _staging = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        Stream = new FileStream(_staging, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    }

    public string Path { get; }

    public FileStream Stream { get; }

    public void Publish()
    {
        Stream.Dispose();
        File.Move(_staging, Path, overwrite: true);
        _published = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_published)
            File.Delete(_staging);
    }
}
