using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using ModelCompiler.Caching;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tests.Compilation;

/// <summary>A folder with a model, its calibration data and an output folder; compiles it as a build would.</summary>
internal sealed class CompileProject : IDisposable
{
    private readonly TestFolder _folder = new();
    private Recorded _progress = new();

    public CompileProject(Model model)
    {
        ModelPath = Path.Combine(_folder.Path, "m.onnx");
        OnnxWriter.Write(model, ModelPath);
        Output = Path.Combine(_folder.Path, "out");
    }

    public string ModelPath { get; }

    public string Output { get; }

    public string Profile { get; init; } = "linux-x64";

    public string? CacheDirectory { get; init; }

    public RemoteCacheAddress? RemoteCache { get; init; }

    /// <summary>What the last compile said that it was doing.</summary>
    public IReadOnlyList<string> Steps => _progress.Steps;

    /// <summary>Every file that a build could pick up.</summary>
    public IEnumerable<string> Outputs => Directory.Exists(Output) ? Directory.EnumerateFileSystemEntries(Output).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal) : [];

    public CompileResult Compile(CompileOptions options, bool optimize = true) => Compile(new ModelOptions { Compile = options }, optimize);

    public CompileResult Compile(ModelOptions options, bool optimize = true) => ModelCompilation.Compile(
        new CompileJob
        {
            Model = ModelPath,
            Name = "m",
            OutputDirectory = Output,
            Profile = HardwareProfiles.Read(Profile),
            Options = options,
            Optimize = optimize,
            CacheDirectory = CacheDirectory,
            RemoteCache = RemoteCache,
        },
        _progress = new Recorded());

    /// <summary>A <c>.npz</c> with one float32 array of samples.</summary>
    public string WriteSamples(string input, float[] values, params int[] shape)
    {
        var path = Path.Combine(_folder.Path, "samples.npz");
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Write(archive, input, "<f4", MemoryMarshal.AsBytes(values.AsSpan()), shape);
        return path;
    }

    /// <summary>The same with the class of each sample.</summary>
    public string WriteSamples(string input, float[] values, int[] labels, params int[] shape)
    {
        var path = WriteSamples(input, values, shape);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Update);
        Write(archive, "labels", "<i4", MemoryMarshal.AsBytes(labels.AsSpan()), [labels.Length]);
        return path;
    }

    /// <summary>Adds the slice of each sample.</summary>
    public static void AddSlices(string samples, int[] slices)
    {
        using var archive = ZipFile.Open(samples, ZipArchiveMode.Update);
        Write(archive, "slices", "<i4", MemoryMarshal.AsBytes(slices.AsSpan()), [slices.Length]);
    }

    private static void Write(ZipArchive archive, string array, string type, ReadOnlySpan<byte> bytes, int[] shape)
    {
        var file = archive.CreateEntry($"{array}.npy");
        file.LastWriteTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same samples give the same bytes
        using var entry = file.Open();
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}";
        header = header.PadRight((((header.Length + 10) / 64) + 1) * 64 - 11) + "\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        entry.Write(Encoding.ASCII.GetBytes(header));
        entry.Write(bytes);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Recorded : ICompileProgress
    {
        public List<string> Steps { get; } = [];

        public void Report(CompileStep step) => Steps.Add(step.Text);
    }
}
