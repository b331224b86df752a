using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using ModelCompiler.Calibration;

namespace CompileBench;

/// <summary>The folder with models and data, and a temporary one for data sets that have to be converted first.</summary>
internal sealed class DataFolder(string root) : IDisposable
{
    private const int CifarRecord = 1 + (3 * 32 * 32);

    private static readonly float[] Means = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviations = [0.229f, 0.224f, 0.225f];

    private readonly DirectoryInfo _converted = Directory.CreateTempSubdirectory("modelcompiler-bench-");

    public string Root => root;

    public DirectoryInfo Outputs => _converted.CreateSubdirectory("out");

    public string Path(string relative) => System.IO.Path.Combine(root, relative);

    /// <summary>The first records of a CIFAR-10 batch file (a label byte, then 3·32·32 bytes by planes) as a <c>.npz</c> with arrays <c>input</c> and <c>labels</c>.</summary>
    public string Cifar(string relative, int count, CifarScaling scaling) => Cifar(relative, count, scaling, withAnswers: false);

    /// <summary>The same with a third array <c>answer</c>: 1 in the place of each sample's class.</summary>
    public string CifarWithAnswers(string relative, int count, CifarScaling scaling) => Cifar(relative, count, scaling, withAnswers: true);

    private string Cifar(string relative, int count, CifarScaling scaling, bool withAnswers)
    {
        var path = System.IO.Path.Combine(_converted.FullName, $"{System.IO.Path.GetFileNameWithoutExtension(relative)}-{count}-{scaling}{(withAnswers ? "-answers" : "")}.npz");
        if (File.Exists(path))
            return path;
        var bytes = File.ReadAllBytes(Path(relative));
        count = Math.Min(count, bytes.Length / CifarRecord);
        var pixels = new float[count * (CifarRecord - 1)];
        var labels = new long[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = bytes[i * CifarRecord];
            Scale(bytes.AsSpan((i * CifarRecord) + 1, CifarRecord - 1), pixels.AsSpan(i * (CifarRecord - 1)), scaling);
        }

        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Write<float>(archive, "input", "<f4", [count, 3, 32, 32], pixels);
        Write<long>(archive, "labels", "<i8", [count], labels);
        if (withAnswers)
            Write<float>(archive, "answer", "<f4", [count, 10], [.. labels.SelectMany(label => Enumerable.Range(0, 10).Select(index => index == label ? 1f : 0f))]);
        return path;
    }

    /// <summary>The one input of each sample as a <c>.npz</c>, so that whoever reads it need decode no images.</summary>
    public string Tensors(string name, IEnumerable<Sample> samples)
    {
        var inputs = samples.Select(sample => sample.Inputs.Single()).ToArray();
        var path = System.IO.Path.Combine(_converted.FullName, $"{name}.npz");
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        int[] shape = [inputs.Length, .. inputs[0].Value.Dims[1..].ToArray().Select(size => (int)size)];
        Write<float>(archive, inputs[0].Key, "<f4", shape, [.. inputs.SelectMany(input => input.Value.Span<float>().ToArray())]);
        return path;
    }

    public void Dispose() => _converted.Delete(recursive: true);

    private static void Scale(ReadOnlySpan<byte> planes, Span<float> pixels, CifarScaling scaling)
    {
        for (var i = 0; i < planes.Length; i++)
        {
            var channel = i / (32 * 32);
            pixels[i] = scaling == CifarScaling.Bytes ? planes[i] : ((planes[i] / 255f) - Means[channel]) / Deviations[channel];
        }
    }

    /// <summary>NumPy's .npy format, version 1.0: magic, header length, a Python dict padded to 64 bytes, the elements.</summary>
    private static void Write<T>(ZipArchive archive, string name, string type, int[] shape, T[] values)
        where T : unmanaged
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}";
        header = header.PadRight(((header.Length + 10) / 64 * 64) + 53) + "\n";
        using var entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        entry.Write(Encoding.ASCII.GetBytes(header));
        entry.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
