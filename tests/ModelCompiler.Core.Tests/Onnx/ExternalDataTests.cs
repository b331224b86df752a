using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SeveralFilesAndOffsetsAreRead()
    {
        _folder.Write("a.bin", [0, 0, 1, 2]);
        _folder.Write("sub/b.bin", [3, 4]);
        var path = Save(External("a", 2, ("location", "a.bin"), ("offset", "2"), ("length", "2")), External("b", 2, ("location", "sub/b.bin")));

        using var model = OnnxReader.Read(path);

        model.Graph.Initializers.Select(value => value.Initializer!.Data.Span.ToArray()).ShouldBe([[1, 2], [3, 4]]);
        model.Graph.Initializers.Select(value => value.Initializer!.ExternalFile).ShouldBe(["a.bin", "sub/b.bin"]);
    }

    [Fact]
    public void ItIsWrittenBackToAsManyFilesAndRunsInOnnxRuntime()
    {
        _folder.Write("source/a.bin", new byte[70_000]);
        _folder.Write("source/b.bin", [3, 4]);
        Save("source/m.onnx", External("a", 70_000, ("location", "a.bin")), External("b", 2, ("location", "b.bin")), External("c", 3, ("location", "a.bin")));
        using var model = OnnxReader.Read(_folder["source/m.onnx"]);
        Directory.CreateDirectory(_folder["target"]);

        var files = OnnxWriter.Write(model, _folder["target/n.onnx"]);

        files.Select(Path.GetFileName).ShouldBe(["n.onnx", "n.onnx.data", "n.onnx.2.data"]);
        using var again = OnnxReader.Read(files[0]);
        again.Graph.Initializers.Select(value => value.Initializer!.Data.Span.ToArray()).ShouldBe([new byte[70_000], [3, 4], new byte[3]]);
        using var running = OrtModel.Load(files[0]);
        running.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal))["b"].Data.Span.ToArray().ShouldBe([3, 4]);
    }

    [Fact]
    public void LargeTensorsBeginOnAPage()
    {
        _folder.Write("a.bin", new byte[200_000]);
        using var model = OnnxReader.Read(Save(External("a", 3, ("location", "a.bin")), External("b", 70_000, ("location", "a.bin"), ("offset", "64"))));

        OnnxWriter.Write(model, _folder["out.onnx"]);

        var written = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_folder["out.onnx"]));
        written.Graph.Initializer[1].ExternalData.ShouldContain(new StringStringEntryProto { Key = "offset", Value = "4096" });
    }

    [Fact]
    public void OneTensorUnderTwoNamesIsWrittenOnce()
    {
        using var model = BuiltModels.WithWeight(new float[50_000], "weights.bin");
        var copy = new Value(model.Graph, "copy", null);
        model.Graph.AddInitializer(copy, model.Graph.Initializers[0].Initializer!);

        OnnxWriter.Write(model, _folder["out.onnx"]);

        new FileInfo(_folder["out.onnx.data"]).Length.ShouldBe(200_000);
    }

    [Fact]
    public void WritingOverTheSourceNeverTouchesTheDataItReads()
    {
        var weights = Enumerable.Range(0, 5000).Select(i => (float)i).ToArray();
        using (var built = BuiltModels.WithWeight(weights, "weights.bin"))
            OnnxWriter.Write(built, _folder["m.onnx"]);
        using var model = OnnxReader.Read(_folder["m.onnx"]);

        OnnxWriter.Write(model, _folder["m.onnx"]).Select(Path.GetFileName).ShouldBe(["m.onnx", "m.onnx.2.data"]);

        model.Graph.Initializers[0].Initializer!.Span<float>().SequenceEqual(weights).ShouldBeTrue();
        using var again = OnnxReader.Read(_folder["m.onnx"]);
        again.Graph.Initializers[0].Initializer!.Span<float>().SequenceEqual(weights).ShouldBeTrue();
    }

    [Fact]
    public void AModelNamedAsAnothersDataKeepsAwayFromIt()
    {
        var data = _folder.Write("n.onnx.data", [7, 8]);
        using var model = OnnxReader.Read(Save(External("w", 2, ("location", "n.onnx.data"))));

        OnnxWriter.Write(model, _folder["n.onnx"]);

        File.ReadAllBytes(data).ShouldBe([7, 8]);
        _folder.Files.ShouldBe(["m.onnx", "n.onnx", "n.onnx.2.data", "n.onnx.data"]);
    }

    [Fact]
    public void ABytesModelHoldsTheDataItself()
    {
        _folder.Write("a.bin", [1, 2]);
        using var model = OnnxReader.Read(Save(External("w", 2, ("location", "a.bin"))));

        using var again = OnnxReader.Read(OnnxWriter.ToBytes(model));

        again.Graph.Initializers[0].Initializer!.ShouldSatisfyAllConditions(
            tensor => tensor.Data.Span.ToArray().ShouldBe([1, 2]),
            tensor => tensor.ExternalFile.ShouldBeNull());
    }

    [Fact]
    public void AModelOverTheLimitOfOneFileMovesItsLargeWeightsOut()
    {
        using var model = BuiltModels.WithWeight(new float[1000]);

        var files = OnnxWriter.Write(model, _folder["m.onnx"], ExternalDataLayout.AsRead, 3999);

        files.Select(Path.GetFileName).ShouldBe(["m.onnx", "m.onnx.data"]);
        new FileInfo(files[0]).Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public void AFailedWriteLeavesNothingBehind()
    {
        using var model = BuiltModels.WithWeight(new float[1000], "weights.bin");
        Directory.CreateDirectory(_folder["m.onnx"]);

        Action write = () => OnnxWriter.Write(model, _folder["m.onnx"]);

        Diagnosed.By(DiagnosticRules.OutputUnwritable, write);
        _folder.Files.ShouldBeEmpty();
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        Action read = () => OnnxReader.Read(Save(External("w", 2, ("location", "gone.bin"))));

        Diagnosed.By(DiagnosticRules.ExternalDataMissing, read).Message.ShouldContain("gone.bin");
    }

    [Theory]
    [InlineData("0", 5)]
    [InlineData("3", 2)]
    [InlineData("9223372036854775807", 2)]
    public void ATooShortFileIsNamed(string offset, long length)
    {
        _folder.Write("a.bin", [1, 2, 3, 4]);

        Action read = () => OnnxReader.Read(Save(External("w", length, ("location", "a.bin"), ("offset", offset))));

        Diagnosed.By(DiagnosticRules.ExternalDataMissing, read).Message.ShouldContain("a.bin");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("two")]
    public void AnOffsetThatIsNoNumberIsRefused(string offset)
    {
        _folder.Write("a.bin", [1, 2]);

        Action read = () => OnnxReader.Read(Save(External("w", 2, ("location", "a.bin"), ("offset", offset))));

        Diagnosed.By(DiagnosticRules.GraphInvalid, read);
    }

    [Fact]
    public void AnotherLengthThanTheShapeNeedsIsRefused()
    {
        _folder.Write("a.bin", [1, 2, 3]);

        Action read = () => OnnxReader.Read(Save(External("w", 2, ("location", "a.bin"), ("length", "3"))));

        Diagnosed.By(DiagnosticRules.SizeMismatch, read);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("sub/../../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("link.bin")]
    [InlineData("linked/secret.bin")]
    [InlineData("hop/secret.bin")]
    [InlineData("loop/x")]
    [InlineData(".")]
    public void AFileOutsideTheModelsFolderIsRefused(string location)
    {
        _folder.Write("secret.bin", [1, 2]);
        Directory.CreateDirectory(_folder["models/sub"]);
        File.CreateSymbolicLink(_folder["models/link.bin"], "../secret.bin");
        Directory.CreateSymbolicLink(_folder["models/linked"], _folder.Path);
        Directory.CreateSymbolicLink(_folder["models/hop"], "sub/../linked");
        Directory.CreateSymbolicLink(_folder["models/loop"], "loop");

        Action read = () => OnnxReader.Read(Save("models/m.onnx", External("w", 2, ("location", location))));

        Diagnosed.By(DiagnosticRules.ExternalDataOutside, read).Message.ShouldContain(location);
    }

    [Theory]
    [InlineData("inside.bin")]
    [InlineData("sub/../a.bin")]
    [InlineData("./a.bin")]
    public void ALinkThatStaysInsideIsFollowed(string location)
    {
        _folder.Write("models/a.bin", [1, 2]);
        Directory.CreateDirectory(_folder["models/sub"]);
        File.CreateSymbolicLink(_folder["models/inside.bin"], "a.bin");
        Directory.CreateSymbolicLink(_folder["alias"], _folder["models"]);
        Save("models/m.onnx", External("w", 2, ("location", location)));

        using var model = OnnxReader.Read(_folder["alias/m.onnx"]);

        model.Graph.Initializers[0].Initializer!.Data.Span.ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void AModelInMemoryHasNoFolder()
    {
        Action read = () => OnnxReader.Read(Records.Model(Records.Holding(External("w", 2, ("location", "a.bin")))).Bytes());

        Diagnosed.By(DiagnosticRules.ExternalDataMissing, read);
    }

    private static TensorProto External(string name, long count, params (string Key, string Value)[] entries)
    {
        var tensor = Records.Tensor(ElementType.UInt8, count);
        tensor.Name = name;
        tensor.DataLocation = 1;
        tensor.ExternalData.Add(entries.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return tensor;
    }

    private string Save(params TensorProto[] tensors) => Save("m.onnx", tensors);

    private string Save(string name, params TensorProto[] tensors)
    {
        var graph = new GraphProto { Name = "graph", Initializer = { tensors }, Output = { tensors.Select(tensor => Records.Info(tensor.Name, ElementType.UInt8, tensor.Dims[0])) } };
        return _folder.Write(name, Records.Model(graph).ToByteArray());
    }
}
