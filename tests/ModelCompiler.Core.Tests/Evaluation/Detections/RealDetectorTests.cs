using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Detections;
using ModelCompiler.Execution;

namespace ModelCompiler.Tests.Evaluation.Detections;

/// <summary>Published detectors find on real photos what their authors' own pipelines find, with nothing said of their outputs.</summary>
public sealed class RealDetectorTests(ITestOutputHelper output)
{
    private readonly List<string> _guesses = [];

    [Fact]
    public void YoloxNanoReachesTheFigureOfItsOwnPipeline()
    {
        var image = new ImageInput(
            ImageLayout.Nchw, ImageColor.Bgr, new ImageResize(ImageResizeKind.Letterbox, 416, 416, 114, true), null, 1, new([0f]), new([1f]));
        var comparison = Evaluate("models/yolox-nano/yolox_nano.onnx", image, "images/coco-train", out var reader);

        var accuracy = comparison.Accuracy.ShouldNotBeNull();
        var overlaps = comparison.Measures.Single(measure => measure.Name == "AP50:95");
        output.WriteLine($"AP50:95 {overlaps.Compiled:F4}, {overlaps.Compiled95}");
        overlaps.Compiled.ShouldBe(0.328, 0.003);   // by this code, which OverlapLevelsTests compare with the definition; the model's published ratio to AP50 is the same
        output.WriteLine($"AP50 {accuracy.Compiled:F4} on {accuracy.Samples} photos");
        reader.Head.Boxes.ShouldBe(BoxForm.Grid);
        (accuracy.Metric, accuracy.Samples).ShouldBe(("AP50", 128));
        accuracy.Compiled.ShouldBe(0.505, 0.003);   // the figure given with the data
    }

    [Fact]
    public void UltrafaceIsReadFromTwoOutputs()
    {
        var model = SharedData.Require("models/ultraface/version-RFB-320.onnx");
        var image = new ImageInput(
            ImageLayout.Nchw, ImageColor.Rgb, new ImageResize(ImageResizeKind.Stretch, 320, 240, 0, false), null, 1, new([127f]), new([128f]));
        using var running = OrtModel.Load(model);
        var description = Describe(model, image);
        var photos = DataSet.Open(SharedData.Require("images/ultraface-photos"), description);

        var reader = DetectorFinder.Find(model, description, running, photos, guess => _guesses.Add(guess.Message)).ShouldNotBeNull();
        var faces = photos.Samples().Sum(photo => reader.Read(photo, running.Run(photo.Inputs, running.ReadableOutputs)).Count(face => face.Score > 0.7f));

        output.WriteLine($"{faces} faces in {photos.Count} photos");
        (reader.Head.Boxes, reader.Head.IsRelative, reader.Head.Background).ShouldBe((BoxForm.Corners, true, 0));
        _guesses.ShouldContain(guess => guess.Contains("corners, relative, class 0 is background", StringComparison.Ordinal));
        faces.ShouldBeGreaterThanOrEqualTo(photos.Count);
    }

    private Comparison Evaluate(string path, ImageInput image, string photos, out DetectionReader reader)
    {
        var model = SharedData.Require(path);
        var description = Describe(model, image);
        var data = DataSet.Open(SharedData.Require(photos), description);
        using var running = OrtModel.Load(model);
        reader = DetectorFinder.Find(model, description, running, data, guess => _guesses.Add(guess.Message)).ShouldNotBeNull();
        return SideBySide.Run(running, data.Samples(), OutputMetrics.For(description, reader, data));
    }

    private DataModel Describe(string model, ImageInput image)
    {
        var description = DataModel.Of(ModelDescriber.Describe(model, SignatureReader.Read(model), ModelOptions.None, guess => _guesses.Add(guess.Message)));
        return description with { Inputs = [description.Inputs[0] with { Image = image }] };
    }
}
