using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Prune.Sparsity;

public sealed class SqueezeNetSparsityTests
{
    private const int CalibrationPhotos = 24;
    private const int Photos = 60;

    /// <summary>MODELCOMPILER_LONG_TESTS=1 runs it; <see cref="WeightPruningTests"/> holds the same of small models.</summary>
    [Fact]
    public void AFewZerosCostLittleAndMakeTheFileSmaller()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MODELCOMPILER_LONG_TESTS") == "1", "it takes a minute of a processor; MODELCOMPILER_LONG_TESTS=1 runs it");
        using var model = OnnxReader.Read(SharedData.Require("models/squeezenet/squeezenet_fp32.onnx"));
        var before = CompressedSize.Of(OnnxWriter.ToBytes(model));
        Pipelines.RunSimplify(model, new PassContext());
        var signature = new DataModel([new ManifestInput(Photo, PreparedAsTheModelCardSays)], [], []);
        var calibration = DataSet.Open(SharedData.Require("images/imagenet-calibration"), signature);

        var sparse = WeightPruning.Prune(model, new WeightRecipe { Ratio = 0.3, Selection = WeightSelection.SecondOrder }, PruningSamples.Of(calibration, CalibrationPhotos, areTypical: true), new PassContext());

        using var first = OrtModel.Load(model);
        using var second = OrtModel.Load(sparse.Model);
        var evaluation = DataSet.Open(SharedData.Require("images/imagenet-even"), signature);
        var agreement = SideBySide.Run(first, second, evaluation.Samples(Photos), new Top1AgreementMeter()).Accuracy!;
        sparse.ShareOfZeros.ShouldBe(0.3, 1e-4);
        sparse.Layers.Count.ShouldBe(26);
        agreement.Compiled.ShouldBeGreaterThan(0.75);
        ((double)CompressedSize.Of(OnnxWriter.ToBytes(sparse.Model)) / before).ShouldBeLessThan(0.7);
    }

    private static ValueSignature Photo => ValueSignature.Tensor("data_0", ElementType.Float32, Dimension.Of(1), Dimension.Of(3), Dimension.Of(224), Dimension.Of(224));

    private static ImageInput PreparedAsTheModelCardSays => new(
        ImageLayout.Nchw, ImageColor.Bgr, new ImageResize(ImageResizeKind.ShortSide, 256, 256, 0, false), 224, 1, new([103.94f, 116.78f, 123.68f]), new([1, 1, 1]));
}
