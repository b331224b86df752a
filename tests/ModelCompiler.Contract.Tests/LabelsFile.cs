namespace ModelCompiler.Contract.Tests;

/// <summary>A labels file of so many lines.</summary>
internal sealed class LabelsFile : IDisposable
{
    public LabelsFile(int count) => File.WriteAllLines(Path, Enumerable.Range(0, count).Select(i => $"label {i}"));

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
