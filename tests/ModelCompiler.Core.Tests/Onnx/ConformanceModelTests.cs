using System.IO.Compression;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests.Onnx;

/// <summary>The single-operator models of the ONNX project: every type, attribute and kind of graph that the format has.</summary>
public sealed class ConformanceModelTests
{
    private const string Archive = "conformance/onnx-node-tests-opset21.zip";

    [Fact]
    public void EveryModelIsTheSameAfterWritingAndReading()
    {
        using var archive = ZipFile.OpenRead(SharedData.Require(Archive));
        var models = archive.Entries.Where(entry => entry.Name == "model.onnx").ToArray();
        models.Length.ShouldBe(992);
        foreach (var entry in models)
        {
            using var model = OnnxReader.Read(Bytes(entry));
            using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));

            GraphText.Of(again).ShouldBe(GraphText.Of(model), entry.FullName);
        }
    }

    [Fact]
    public void EveryModelThatRunsGivesTheSameResultsAfterwards()
    {
        using var archive = ZipFile.OpenRead(SharedData.Require(Archive));
        var (same, different) = (0, new List<string>());
        foreach (var entry in archive.Entries.Where(entry => entry.Name == "model.onnx"))
        {
            if (Run(() => Bytes(entry), entry) is not { } expected)
                continue;
            if (Run(() => Rewritten(entry), entry) is { } actual && expected == actual)
                same++;
            else
                different.Add(entry.FullName);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{same} models give the same results");
        different.ShouldBeEmpty();
        same.ShouldBeGreaterThan(800);
    }

    private static byte[] Rewritten(ZipArchiveEntry entry)
    {
        using var model = OnnxReader.Read(Bytes(entry));
        return OnnxWriter.ToBytes(model);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The outputs in text; null where ONNX Runtime does not run the model or an input is no tensor.</summary>
    private static string? Run(Func<byte[]> bytes, ZipArchiveEntry entry)
    {
        try
        {
            using var model = OrtModel.Load(bytes());
            var inputs = model.Inputs.Select((input, i) => KeyValuePair.Create(input.Name, Input(entry, i)));
            var outputs = model.Run(new Dictionary<string, Tensor>(inputs, StringComparer.Ordinal));
            return string.Join('\n', outputs.Select(output => $"{output.Key} {output.Value} {Convert.ToHexString(output.Value.Data.Span)}"));
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private static Tensor Input(ZipArchiveEntry model, int number)
    {
        var path = model.FullName.Replace("model.onnx", $"test_data_set_0/input_{number}.pb", StringComparison.Ordinal);
        return OnnxReader.ReadTensor(Bytes(model.Archive!.GetEntry(path)!), path);
    }
}
