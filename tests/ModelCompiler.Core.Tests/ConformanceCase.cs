using System.IO.Compression;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests;

/// <summary>One of the ONNX project's single-operator models, with inputs and the outputs that they must give.</summary>
internal sealed record ConformanceCase(string Name, byte[] Model, IReadOnlyList<byte[]> InputFiles, IReadOnlyList<byte[]> OutputFiles)
{
    /// <summary>All cases; the running test is skipped where the archive is absent.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        using var archive = ZipFile.OpenRead(SharedData.Require("conformance/onnx-node-tests-opset21.zip"));
        var files = archive.Entries.Where(entry => entry.Length > 0).ToDictionary(entry => entry.FullName, Bytes, StringComparer.Ordinal);
        foreach (var path in files.Keys.Where(path => path.EndsWith("/model.onnx", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var folder = path[..^"model.onnx".Length];
            yield return new(
                folder.Split('/')[^2], files[path], Numbered(files, $"{folder}test_data_set_0/input_"), Numbered(files, $"{folder}test_data_set_0/output_"));
        }
    }

    /// <summary>The inputs by name, or null where one is no tensor.</summary>
    public IReadOnlyDictionary<string, Tensor>? Inputs(Model model) => Tensors(model.Graph.Inputs, InputFiles);

    /// <summary>The outputs that must come, or null where one is no tensor.</summary>
    public IReadOnlyDictionary<string, Tensor>? Outputs(Model model) => Tensors(model.Graph.Outputs, OutputFiles);

    private static Dictionary<string, Tensor>? Tensors(IReadOnlyList<Value> values, IReadOnlyList<byte[]> files)
    {
        if (values.Count != files.Count || values.Any(value => value.TensorType is null))
            return null;
        return values.Zip(files).ToDictionary(pair => pair.First.Name, pair => OnnxReader.ReadTensor(pair.Second), StringComparer.Ordinal);
    }

    private static List<byte[]> Numbered(Dictionary<string, byte[]> files, string prefix)
    {
        var found = new List<byte[]>();
        while (files.TryGetValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{found.Count}.pb"), out var bytes))
            found.Add(bytes);
        return found;
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
