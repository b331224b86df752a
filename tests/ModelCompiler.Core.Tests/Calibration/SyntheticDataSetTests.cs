using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Calibration;

public sealed class SyntheticDataSetTests
{
    [Fact]
    public void TheSameModelGetsTheSameInputsAndEachSampleItsOwn()
    {
        var first = Samples(Models.Tensor("x", ElementType.Float32, 1, 50));
        var again = Samples(Models.Tensor("x", ElementType.Float32, 1, 50));

        first[0].Span<float>().ToArray().ShouldBe(again[0].Span<float>().ToArray());
        first[0].Span<float>().ToArray().ShouldNotBe(first[1].Span<float>().ToArray());
    }

    [Fact]
    public void ImagesLieInTheRangeOfThePreprocessing()
    {
        var values = new SyntheticDataSet(Models.Image(Models.Rgb, 1, 3, 32, 48), 1).Samples().Single().Inputs["x"];

        values.Dims.ToArray().ShouldBe([1L, 3, 32, 48]);
        values.Span<float>().ToArray().ShouldAllBe(value => value >= 0 && value <= 1);
    }

    [Fact]
    public void ImagesAreSmoothAsPhotosAre()
    {
        var plane = Samples(Models.Tensor("x", ElementType.Float32, 1, 1, 64, 64))[0].Span<float>().ToArray();

        var neighbours = Enumerable.Range(0, plane.Length - 1).Average(i => plane[i] * plane[i + 1]);
        plane.Average().ShouldBe(0, 0.01f);
        plane.Average(value => value * value).ShouldBe(1, 0.01f);
        neighbours.ShouldBeGreaterThan(0.8f);
    }

    [Fact]
    public void PicturesHaveEdgesWhereThingsStandOnTheGround()
    {
        var plane = Samples(Models.Tensor("x", ElementType.Float32, 1, 1, 128, 128))[0].Span<float>().ToArray();

        var steps = Enumerable.Range(1, plane.Length - 1).Where(i => i % 128 > 0).Select(i => Math.Abs(plane[i] - plane[i - 1])).Order().ToArray();

        steps[^(steps.Length / 100)].ShouldBeGreaterThan(8 * steps[steps.Length / 2]);
    }

    [Fact]
    public void ChannelsMayComeLast()
    {
        var first = Samples(Models.Tensor("x", ElementType.Float32, 1, 3, 16, 24))[0].ToFloats();
        var last = Samples(Models.Tensor("x", ElementType.Float32, 1, 16, 24, 3))[0].ToFloats();

        for (var pixel = 0; pixel < 16 * 24; pixel++)
            Enumerable.Range(0, 3).Select(colour => last[(pixel * 3) + colour]).ShouldBe(Enumerable.Range(0, 3).Select(colour => first[(colour * 16 * 24) + pixel]));
    }

    [Fact]
    public void ADetectorOfTextSeesSomething()
    {
        var file = SharedData.Require("models/ppocr-det/ch_PP-OCRv3_det_infer.onnx");
        using var model = OrtModel.Load(file);
        var samples = new SyntheticDataSet(Models.Of([.. SignatureReader.Read(file).Inputs]), 4).Samples();

        var found = samples.Select(sample => model.Run(sample.Inputs).Values.Single().ToFloats().Max());

        found.ShouldAllBe(probability => probability > 0.5f);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("hidden_in")]
    [InlineData("h0")]
    public void MemoryBeginsAsZeros(string name) =>
        Samples(Models.Tensor(name, ElementType.Float32, 2, 1, 16))[0].Span<float>().ToArray().ShouldAllBe(value => value == 0);

    [Fact]
    public void MemoryIsFilledLater()
    {
        var later = Samples(Models.Tensor("state", ElementType.Float32, 2, 1, 16))[1].ToFloats();

        later.ShouldAllBe(value => value != 0);
        later.ShouldAllBe(value => Math.Abs(value) < 2);
    }

    [Fact]
    public void SoundsAreFaintAndLoud()
    {
        var samples = new SyntheticDataSet(Models.Of(Models.Tensor("x", ElementType.Float32, 1, 512)), 32).Samples().Select(sample => sample.Inputs["x"].ToFloats()).ToArray();
        var loudest = samples.Select(signal => signal.Max(Math.Abs)).Order().ToArray();

        loudest[0].ShouldBeLessThan(0.05f);
        loudest[^1].ShouldBeGreaterThan(1);
        samples.ShouldAllBe(signal => signal.All(float.IsFinite));
        // A voice does not jump: neighbours are alike in most samples.
        samples.Count(signal => Enumerable.Range(1, 511).Sum(i => signal[i] * signal[i - 1]) > 0.5 * signal.Sum(value => value * value)).ShouldBeGreaterThan(16);
    }

    [Fact]
    public void LargerIntegersAreTriedFirst()
    {
        var builder = new GraphBuilder(13);
        var ids = builder.Input("ids", ElementType.Int64, 4);
        var model = builder.Output(builder.Node("Gather", [builder.Initializer("table", Tensor.Of(new float[20], 10, 2)), ids]), "y").Model;
        using var running = OrtModel.Load(model);
        var data = Models.Of(Models.Tensor("ids", ElementType.Int64, 4));

        SyntheticDataSet.For(running, data).Samples().SelectMany(sample => sample.Inputs["ids"].ToLongs()).ShouldAllBe(id => id < 10);
        new SyntheticDataSet(data, 32, null, 256).Samples().SelectMany(sample => sample.Inputs["ids"].ToLongs()).Max().ShouldBeGreaterThan(128);
    }

    [Fact]
    public void IntegersAreSmallEnoughForATable()
    {
        var ids = Samples(Models.Tensor("input_ids", ElementType.Int64, -1, -1))[0];

        ids.Dims.ToArray().ShouldBe([1L, 16]);
        ids.ToLongs().ShouldAllBe(id => id >= 0 && id < 8);
        Samples(Models.Tensor("attention_mask", ElementType.Int64, 1, 4))[0].ToLongs().ShouldBe([1L, 1, 1, 1]);
        Samples(Models.Tensor("token_type_ids", ElementType.Int64, 1, 2))[0].ToLongs().ShouldBe([0L, 0]);
    }

    [Fact]
    public void OneNameIsOneSize()
    {
        var shape = new[] { Dimension.Named("n"), Dimension.Of(3) };
        var model = Models.Of(ValueSignature.Tensor("a", ElementType.Float32, shape), ValueSignature.Tensor("b", ElementType.Float32, Dimension.Of(3), Dimension.Named("n")));

        var inputs = new SyntheticDataSet(model, 1).Samples().Single().Inputs;

        inputs["b"].Dims[1].ShouldBe(inputs["a"].Dims[0]);
    }

    [Fact]
    public void EveryElementTypeCanBeMadeUp()
    {
        foreach (var type in Enum.GetValues<ElementType>().Where(OrtTensors.CanExchange))
            Samples(Models.Tensor("x", type, 2, 3))[0].Type.ShouldBe(type);
    }

    [Theory]
    [InlineData("squeezenet/squeezenet_fp32.onnx")]
    [InlineData("squeezenet/SqueezeNet_fp16.onnx")]
    [InlineData("cifar10-resnet20/cifar10_resnet20.onnx")]
    [InlineData("mnist/mnist-cntk.onnx")]
    [InlineData("yolox-nano/yolox_nano.onnx")]
    [InlineData("ultraface/version-RFB-320.onnx")]
    [InlineData("silero-vad/silero_vad_op18_ifless.onnx")]
    [InlineData("dtln/model_1.onnx")]
    [InlineData("dtln/model_2.onnx")]
    [InlineData("magika/standard_v2_1.onnx")]
    [InlineData("style-transfer/mosaic.onnx")]
    [InlineData("ppocr-det/ch_PP-OCRv3_det_infer.onnx")]
    public void RealModelsRunOnMadeUpInputs(string path)
    {
        var file = SharedData.Require($"models/{path}");
        var signature = SignatureReader.Read(file);
        using var model = OrtModel.Load(file);
        var sample = new SyntheticDataSet(Models.Of([.. signature.Inputs]), 1).Samples().Single();

        var outputs = model.Run(sample.Inputs);

        outputs.Values.ShouldAllBe(output => output.Count > 0);
        outputs.Values.Where(output => output.Type.IsFloatingPoint()).SelectMany(output => output.ToFloats()).ShouldAllBe(value => float.IsFinite(value));
    }

    private static Tensor[] Samples(ValueSignature input) =>
        [.. new SyntheticDataSet(Models.Of(input), 2).Samples().Select(sample => sample.Inputs[input.Name])];
}
