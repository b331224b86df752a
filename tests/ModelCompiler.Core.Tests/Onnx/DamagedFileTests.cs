using System.Text;
using Google.Protobuf;
using ModelCompiler.Contract;
using ModelCompiler.Onnx;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

public sealed class DamagedFileTests
{
    [Fact]
    public void AMissingFile() => Refuses(() => OnnxReader.Read("no-such-folder/model.onnx"), DiagnosticRules.ModelFileMissing);

    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n....", "PNG")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0....JFIF", "JPEG")]
    [InlineData("PK\u0003\u0004....", "zip")]
    [InlineData("\u001f\u008b\u0008....", "gzip")]
    [InlineData("<!DOCTYPE html><html>", "web page")]
    [InlineData("....TFL3....", "TensorFlow Lite")]
    [InlineData("name: \"a model in text\" node {", "text")]
    [InlineData("\u0008\u0001\u0012\u0004\u000a\u0002\u0008\u0001", "no graph")]
    [InlineData("\u000a\u0004\u000a\u0002ab", "no graph")]
    [InlineData("\u00de\u00ad\u00be\u00ef\u0000\u0001", "does not begin")]
    [InlineData("", "empty")]
    public void AnotherKindOfFileIsCalledWhatItIs(string text, string reason) =>
        Refuses(() => OnnxReader.Read(Encoding.Latin1.GetBytes(text)), DiagnosticRules.NotOnnx).ShouldContain(reason);

    [Fact]
    public void AnEmptyFile()
    {
        using var folder = new TemporaryFolder();

        Refuses(() => OnnxReader.Read(folder.Write("m.onnx", [])), DiagnosticRules.NotOnnx).ShouldContain("empty");
    }

    [Fact]
    public void AGitLfsPointer() =>
        Refuses(() => OnnxReader.Read("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"u8.ToArray()), DiagnosticRules.GitLfsPointer);

    [Fact]
    public void AFileThatIsCutOffAnywhere()
    {
        using var built = BuiltModels.Control();
        var bytes = OnnxWriter.ToBytes(built);
        var graphEnds = bytes.Length - built.Opsets.Count * 4;
        for (var length = 3; length < graphEnds - 30; length += 7)
        {
            var cut = bytes[..length];
            Refuses(() => OnnxReader.Read(cut), DiagnosticRules.Truncated);
        }
    }

    [Fact]
    public void ARecordLongerThanTheOneItStandsIn()
    {
        var bytes = Records.Model(new GraphProto { Name = "graph", DocString = "0123456789" }).Bytes();
        bytes[Array.IndexOf(bytes, (byte)'0') - 1] = 60;

        Refuses(() => OnnxReader.Read(bytes), DiagnosticRules.NotOnnx).ShouldContain("longer than the one that holds it");
    }

    [Fact]
    public void GraphsNestedTooDeep()
    {
        var graph = new GraphProto { Name = "innermost" };
        for (var i = 0; i < 40; i++)
        {
            var node = Records.Node("If", [], "y");
            node.Attribute.Add(new AttributeProto { Name = "body", Type = (int)AttributeKind.Graph, G = graph });
            graph = new GraphProto { Name = "graph", Node = { node } };
        }

        Refuses(() => OnnxReader.Read(Records.Model(graph).Bytes()), DiagnosticRules.TooDeep);
    }

    [Fact]
    public void TypesNestedTooDeep()
    {
        var type = Records.Info("x").Type;
        for (var i = 0; i < 60; i++)
            type = new TypeProto { SequenceType = new() { ElemType = type } };

        Refuses(() => OnnxReader.Read(Records.Model(new GraphProto { Input = { new ValueInfoProto { Name = "x", Type = type } } }).Bytes()), DiagnosticRules.TooDeep);
    }

    [Fact]
    public void MoreNodesThanAnyModelHas()
    {
        var graph = new byte[2 * 1_000_001];
        for (var i = 0; i < graph.Length; i += 2)
            graph[i] = 0x0A;   // field 1 of a graph: an empty node
        using var file = new MemoryStream();
        using (var output = new CodedOutputStream(file, leaveOpen: true))
        {
            output.WriteTag(7, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(graph));
        }

        Refuses(() => OnnxReader.Read(file.ToArray()), DiagnosticRules.TooLarge).ShouldContain("nodes");
    }

    [Theory]
    [InlineData(3, new long[] { 2 })]
    [InlineData(4, new long[] { 4611686018427387904, 4 })]
    [InlineData(4, new long[] { 3037000500, 3037000500, 3037000500 })]
    [InlineData(4, new long[] { -1 })]
    [InlineData(0, new long[] { })]
    public void ATensorWithAnotherSizeThanItDeclares(int bytes, long[] dims)
    {
        var tensor = Records.Tensor(ElementType.UInt16, dims);
        tensor.RawData = ByteString.CopyFrom(new byte[bytes]);

        Refuses(() => OnnxReader.Read(Records.Model(Records.Holding(tensor)).Bytes()), DiagnosticRules.SizeMismatch).ShouldContain("'w'");
    }

    [Fact]
    public void StringsOfAnotherNumberThanDeclared()
    {
        var tensor = Records.Tensor(ElementType.String, 1L << 40);
        tensor.StringData.Add(ByteString.Empty);

        Refuses(() => OnnxReader.Read(Records.Model(Records.Holding(tensor)).Bytes()), DiagnosticRules.SizeMismatch);
    }

    [Fact]
    public void ATensorOfTooHighRank() =>
        Refuses(() => OnnxReader.Read(Records.Model(Records.Holding(Records.Tensor(ElementType.UInt8, new long[17]))).Bytes()), DiagnosticRules.TooLarge);

    [Fact]
    public void AValueOfTooHighRank() =>
        Refuses(() => OnnxReader.Read(Records.Model(new GraphProto { Input = { Records.Info("x", ElementType.UInt8, new long[17]) } }).Bytes()), DiagnosticRules.TooLarge);

    [Fact]
    public void AnElementTypeThatNobodyKnows() =>
        Refuses(() => OnnxReader.Read(Records.Model(Records.Holding(Records.Tensor((ElementType)77))).Bytes()), DiagnosticRules.GraphInvalid).ShouldContain("77");

    [Fact]
    public void ANodeThatReadsWhatNobodyMakes() =>
        RefusesGraph("nothing makes", Records.Node("Relu", ["gone"], "y"));

    [Fact]
    public void AnOutputThatNobodyMakes() =>
        RefusesGraph("made by nothing", Records.Node("Relu", ["x"], "z"));

    [Fact]
    public void TwoValuesOfOneName() =>
        RefusesGraph("two values are named 'y'", Records.Node("Relu", ["x"], "y"), Records.Node("Abs", ["x"], "y"));

    [Fact]
    public void ACycle() =>
        RefusesGraph("cycle", Records.Node("Add", ["x", "h"], "y"), Records.Node("Relu", ["y"], "h"));

    [Fact]
    public void ANodeThatReadsItself() =>
        RefusesGraph("cycle", Records.Node("Add", ["x", "y"], "y"));

    [Fact]
    public void ANodeWithoutAnOperator() =>
        RefusesGraph("no name", Records.Node("", ["x"], "y"));

    private static void RefusesGraph(string reason, params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "graph", Input = { Records.Info("x") }, Node = { nodes }, Output = { Records.Info("y") } };
        Refuses(() => OnnxReader.Read(Records.Model(graph).Bytes()), DiagnosticRules.GraphInvalid).ShouldContain(reason);
    }

    private static string Refuses(Action read, DiagnosticRule rule) => Diagnosed.By(rule, read).Message;
}
