using ModelCompiler.Contract;
using ModelCompiler.Onnx;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Tests.Onnx;

public sealed class ExporterNotesTests
{
    [Fact]
    public void GoFromNodesAndInnerValuesWhileWhatIsSaidOfTheModelStays()
    {
        using var model = OnnxReader.Read(Noted().Bytes());

        ExporterNotes.Remove(model);

        var written = ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(model));
        written.Graph.Node.ShouldAllBe(node => node.MetadataProps.Count == 0 && !node.HasDocString);
        written.Graph.ValueInfo.ShouldHaveSingleItem().ShouldBe(Records.Info("h", ElementType.Float32, 4));
        written.Graph.Output[0].DocString.ShouldBe("the answer");
        written.Graph.DocString.ShouldBe("what it does");
        written.MetadataProps.ShouldHaveSingleItem().Value.ShouldBe("MIT");
    }

    [Fact]
    public void StayInTheModelThatACopyWasMadeOf()
    {
        using var model = OnnxReader.Read(Noted().Bytes());
        using var copy = model.Clone();

        ExporterNotes.Remove(copy);

        ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(model)).ShouldBe(Noted());
    }

    private static ModelProto Noted()
    {
        var note = new StringStringEntryProto { Key = "pkg.torch.onnx.stack_trace", Value = "File \"train.py\", line 7" };
        var first = Records.Node("Relu", ["x"], "h");
        first.DocString = "from train.py";
        first.MetadataProps.Add(note);
        var inner = Records.Info("h", ElementType.Float32, 4);
        inner.MetadataProps.Add(note);
        var output = Records.Info("y", ElementType.Float32, 4);
        output.DocString = "the answer";
        var model = Records.Model(new GraphProto
        {
            Name = "graph",
            DocString = "what it does",
            Input = { Records.Info("x", ElementType.Float32, 4) },
            Node = { first, Records.Node("Relu", ["h"], "y") },
            ValueInfo = { inner },
            Output = { output },
        });
        model.MetadataProps.Add(new StringStringEntryProto { Key = "license", Value = "MIT" });
        return model;
    }
}
