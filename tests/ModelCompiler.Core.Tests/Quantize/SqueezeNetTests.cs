using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Execution;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class SqueezeNetTests
{
    private const int Photos = 500;
    private const int CalibrationPhotos = 64;

    [Fact]
    public void Int8KeepsItsAccuracyOnPhotos()
    {
        using var original = OnnxReader.Read(SharedData.Require("models/squeezenet/squeezenet_fp32.onnx"));
        var data = new DataModel([new ManifestInput(Photo, PreparedAsTheModelCardSays)], [], []);
        var calibration = DataSet.Open(SharedData.Require("images/imagenet-calibration"), data);
        using var compiled = original.Clone();
        Pipelines.RunSimplify(compiled, new PassContext());
        var summary = Precisions.Find("int8")!.Apply(compiled, new PrecisionInputs(X64, new SampleCalibration(calibration.Samples(CalibrationPhotos))), new PassContext())!;

        using var first = OrtModel.Load(original);
        using var second = OrtModel.Load(compiled);
        var comparison = SideBySide.Run(first, second, DataSet.Open(SharedData.Require("images/imagenet-even"), data).Samples(Photos));

        summary.Integer.ShouldBe(34);
        summary.Kept.Select(kept => kept.Reason).ShouldBe(["nothing integer follows it", "nothing integer follows it"]);
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(26);
        comparison.Accuracy!.Drop.ShouldBeLessThan(0.02);
        comparison.Fidelity.SqnrDb!.Value.ShouldBeGreaterThan(20);
    }

    private static ValueSignature Photo => ValueSignature.Tensor("data_0", ElementType.Float32, Dimension.Of(1), Dimension.Of(3), Dimension.Of(224), Dimension.Of(224));

    private static ImageInput PreparedAsTheModelCardSays => new(
        ImageLayout.Nchw, ImageColor.Bgr, new ImageResize(ImageResizeKind.ShortSide, 256, 256, 0, false), 224, 1, new([103.94f, 116.78f, 123.68f]), new([1, 1, 1]));
}
