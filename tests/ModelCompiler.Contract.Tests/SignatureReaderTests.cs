namespace ModelCompiler.Contract.Tests;

public sealed class SignatureReaderTests
{
    [Fact]
    public void ReadsInputsOutputsOpsetAndMetadata()
    {
        var signature = OnnxBytes.Read(OnnxBytes.Classifier());

        signature.Name.ShouldBe("net");
        signature.IrVersion.ShouldBe(8);
        signature.Opset.ShouldBe(17);
        signature.Inputs.ShouldBe([ValueSignature.Tensor("image", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(3), Dimension.Of(224), Dimension.Of(224))]);
        signature.Outputs.ShouldBe([ValueSignature.Tensor("scores", ElementType.Float32, Dimension.Named("batch"), Dimension.Of(10))]);
        signature.OutputOperators.ShouldBe(["Softmax"]);
        signature.Metadata.ShouldBe([new MetadataEntry("producer_name", "tests"), new MetadataEntry("license", "MIT")]);
    }

    [Fact]
    public void LeavesOutInputsThatAreSparseInitializersEvenWhenTheyComeFirst()
    {
        var graph = new ProtoWriter()
            .Message(15, new ProtoWriter().Message(1, OnnxBytes.Tensor("sparse", new byte[4])))
            .Message(11, OnnxBytes.Value("sparse", OnnxBytes.TensorType(1, 4)))
            .Message(11, OnnxBytes.Value("x", OnnxBytes.TensorType(1, 4)));

        OnnxBytes.Read(OnnxBytes.Model(graph)).Inputs.Single().Name.ShouldBe("x");
    }

    [Fact]
    public void NamesTheFilesThatHoldItsWeightsOnce()
    {
        ProtoWriter Stored(string name, string file) => new ProtoWriter()
            .Text(8, name)
            .Message(13, new ProtoWriter().Text(1, "location").Text(2, file))
            .Message(13, new ProtoWriter().Text(1, "offset").Text(2, "4096"));
        var graph = new ProtoWriter().Message(5, Stored("a", "net.data")).Message(5, Stored("b", "net.data")).Message(5, Stored("c", "more.data"));

        OnnxBytes.Read(OnnxBytes.Model(graph)).ExternalFiles.ShouldBe(["net.data", "more.data"]);
    }

    [Fact]
    public void DescribesSequencesMapsAndOptionalsByTheirTypeText()
    {
        var tensor = OnnxBytes.TensorType(1, 2);
        var sequence = new ProtoWriter().Message(4, new ProtoWriter().Message(1, tensor));
        var map = new ProtoWriter().Message(5, new ProtoWriter().Number(1, 7).Message(2, tensor));
        var optional = new ProtoWriter().Message(9, new ProtoWriter().Message(1, sequence));
        var graph = new ProtoWriter()
            .Message(11, OnnxBytes.Value("s", sequence))
            .Message(11, OnnxBytes.Value("m", map))
            .Message(11, OnnxBytes.Value("o", optional));

        var inputs = OnnxBytes.Read(OnnxBytes.Model(graph)).Inputs;

        inputs.Select(input => (input.Kind, input.TypeText)).ShouldBe([
            (ValueKind.Sequence, "seq(tensor(float))"),
            (ValueKind.Map, "map(int64,tensor(float))"),
            (ValueKind.Optional, "optional(seq(tensor(float)))")]);
    }

    [Fact]
    public void TellsAnUnknownRankFromAScalarAndAnUnknownSizeFromANamedOne()
    {
        var graph = new ProtoWriter()
            .Message(11, OnnxBytes.Value("unranked", new ProtoWriter().Message(1, new ProtoWriter().Number(1, 1))))
            .Message(11, OnnxBytes.Value("scalar", OnnxBytes.TensorType(1)))
            .Message(11, OnnxBytes.Value("open", OnnxBytes.TensorType(1, -1, "", "n")));

        var inputs = OnnxBytes.Read(OnnxBytes.Model(graph)).Inputs;

        inputs[0].Shape.ShouldBeNull();
        inputs[1].Shape!.Value.Count.ShouldBe(0);
        inputs[2].Shape!.Value.ShouldBe([Dimension.Unknown, Dimension.Unknown, Dimension.Named("n")]);
    }

    [Fact]
    public void ReadsWhatItMustAndSkipsAGigabyteOfWeights()
    {
        var head = new ProtoWriter().Number(1, 8).ToArray();
        var weights = 1L << 30;
        using var stream = new HoleyStream(head, weights);

        SignatureReader.Read(stream, "big.onnx").Inputs.Single().Name.ShouldBe("x");
        stream.BytesRead.ShouldBeLessThan(64 * 1024);
    }

    [Theory]
    [InlineData("cifar10-resnet20/cifar10_resnet20.onnx", "input[N,3,32,32]", 13)]
    [InlineData("squeezenet/squeezenet_fp32.onnx", "data_0[1,3,224,224]", 7)]
    [InlineData("mnist/mnist-cntk.onnx", "Input3[1,1,28,28]", 8)]
    [InlineData("yolox-nano/yolox_nano.onnx", "images[1,3,416,416]", 11)]
    public void ReadsRealModels(string model, string input, int opset)
    {
        var signature = SignatureReader.Read(SharedData.Require(Path.Combine("models", model)));

        var value = signature.Inputs.Single();
        $"{value.Name}[{string.Join(",", value.Shape!.Value)}]".ShouldBe(input);
        signature.Opset.ShouldBe(opset);
    }

    [Fact]
    public void ReadsEveryRealModelWithoutComplaint()
    {
        var folder = SharedData.Require("models");

        foreach (var model in Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories))
            SignatureReader.Read(model).Outputs.Count.ShouldBeGreaterThan(0, model);
    }
}
