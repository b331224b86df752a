using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Onnx;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

/// <summary>Weights of any size stay where they are. The large files here have holes, so they take no room on the disk.</summary>
public sealed class LargeModelTests : IDisposable
{
    private const int Gigabyte = 1 << 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TensorProto.RawDataFieldNumber)]
    [InlineData(TensorProto.FloatDataFieldNumber)]
    public void AGigabyteOfWeightsTakesNoManagedMemory(int field)
    {
        var path = ModelWithAHole(field);
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var model = OnnxReader.Read(path);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        var weight = model.Graph.Initializers.ShouldHaveSingleItem().Initializer!;
        weight.Data.Length.ShouldBe(Gigabyte);
        weight.Span<float>()[^1].ShouldBe(0);
        model.Graph.Nodes.ShouldHaveSingleItem().OpType.ShouldBe("Relu");
    }

    [Fact]
    public void MoreThanTwoGigabytesAreReadFromExternalData()
    {
        const long Count = 3L * Gigabyte;
        using (var data = File.Create(_folder["weights.bin"]))
        {
            data.SetLength(100 + Count);
            data.Position = 100 + Count - 2;
            data.Write([5, 6]);
        }

        var weight = Records.Tensor(ElementType.UInt8, 3, Gigabyte);
        weight.DataLocation = 1;
        weight.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        weight.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "100" });
        using var model = OnnxReader.Read(_folder.Write("m.onnx", Records.Model(Records.Holding(weight)).Bytes()));

        var tensor = model.Graph.Initializers[0].Initializer!;
        var end = new byte[3];
        tensor.Data.Read(Count - 3, end);
        end.ShouldBe([0, 5, 6]);
        Should.Throw<ArgumentOutOfRangeException>(() => tensor.Data.Read(Count - 2, end));
        Should.Throw<InvalidOperationException>(() => tensor.Data.Span.ToArray());
        Action inMemory = () => OnnxWriter.ToBytes(model);
        Diagnosed.By(DiagnosticRules.TooLarge, inMemory);
        using var sink = new CountingStream();
        tensor.Data.CopyTo(sink);
        sink.Length.ShouldBe(Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("weights.bin")]
    public void WritingCopiesNoWeightsIntoManagedMemory(string? externalFile)
    {
        using (var built = BuiltModels.WithWeight(new float[1 << 23], externalFile))
            OnnxWriter.Write(built, _folder["m.onnx"]);
        using var model = OnnxReader.Read(_folder["m.onnx"]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        OnnxWriter.Write(model, _folder["n.onnx"]);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        File.ReadAllBytes(_folder["n.onnx"]).Length.ShouldBe(File.ReadAllBytes(_folder["m.onnx"]).Length);
    }

    [Fact]
    public void ManyReadersOfOneValueAreReadInProportion()
    {
        var graph = new GraphProto { Name = "graph", Input = { Records.Info("x") }, Output = { Records.Info("y0") } };
        for (var i = 0; i < 100_000; i++)
            graph.Node.Add(Records.Node("Add", ["x", "x"], $"y{i}"));
        var bytes = Records.Model(graph).Bytes();

        using var model = OnnxReader.Read(bytes);

        model.Graph.Inputs[0].Uses.Count.ShouldBe(200_000);
    }

    /// <summary>The hole comes before the rest of the graph, so that reading must get over it.</summary>
    private string ModelWithAHole(int field)
    {
        var head = Records.Tensor(ElementType.Float32, Gigabyte / 4).ToByteArray();
        var rest = new GraphProto { Name = "graph", Node = { Records.Node("Relu", ["w"], "y") }, Output = { Records.Info("y") } }.ToByteArray();
        var tensorLength = head.Length + Lead(field, Gigabyte).Length + Gigabyte;
        var graphLength = Lead(GraphProto.InitializerFieldNumber, tensorLength).Length + tensorLength + rest.Length;
        using var file = File.Create(_folder["m.onnx"]);
        file.Write(new ModelProto { IrVersion = 8 }.ToByteArray());
        file.Write(Lead(ModelProto.GraphFieldNumber, graphLength));
        file.Write(Lead(GraphProto.InitializerFieldNumber, tensorLength));
        file.Write(head);
        file.Write(Lead(field, Gigabyte));
        file.Position += Gigabyte;
        file.Write(rest);
        return file.Name;
    }

    private static byte[] Lead(int field, int length)
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(length);
        output.Flush();
        return bytes.ToArray();
    }

    private sealed class CountingStream : MemoryStream
    {
        private long _length;

        public override long Length => _length;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;
    }
}
