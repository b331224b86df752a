using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Evaluation.Robustness;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Calibration;

namespace ModelCompiler.Tests.Evaluation.Robustness;

public sealed class RobustnessProbeTests
{
    private const int Images = 32;

    private static readonly ManifestInput Input = new(
        Models.Tensor("x", ElementType.Float32, 1, 3, ColourModels.Side, ColourModels.Side),
        new ImageInput(ImageLayout.Nchw, ImageColor.Rgb, ImageResize.None, null, 1, new([0f, 0, 0]), new([1f, 1, 1])));

    /// <summary>Brightness lifts green from 85 over 120; nothing else moves the mean of an image of one colour.</summary>
    [Fact]
    public void NamesWhatTheCompiledModelIsLessRobustAgainst()
    {
        var curves = Measure(ColourModels.RedOrBlueWhileGreenIsBelow(120), labelled: true);

        curves.Clean.Drop.ShouldBe(0);
        curves.Clean.Samples.ShouldBe(Images);
        curves.Corruptions.Where(corruption => corruption.IsLessRobust).Select(corruption => corruption.Name).ShouldBe(["brightness"]);
        var brightness = curves.Corruptions.Single(corruption => corruption.Name == "brightness");
        brightness.Points.Select(point => point.Original).ShouldAllBe(share => share == 1);
        brightness.Points.Select(point => point.Compiled).ShouldBe([1, 0.5, 0.5, 0.5, 0.5]); // 85 · 1.57 is the first one over 120
        brightness.Drop.ShouldBe(0.4, 1e-9);
        brightness.PValue.ShouldBe(Math.Pow(2, -15), 1e-12);   // all 16 red images lose: 2 of 2¹⁶ choices of signs
    }

    [Fact]
    public void WithoutLabelsTheOriginalsAnswerToTheCleanImageIsRight()
    {
        var curves = Measure(ColourModels.RedOrBlueWhileGreenIsBelow(120), labelled: false);

        curves.Corruptions.Single(corruption => corruption.Name == "brightness").Points[^1].Compiled.ShouldBe(0.5);
        RobustnessFacts.Of(curves, isLabelled: false).Metric.ShouldBe("agreement");
    }

    [Fact]
    public void AModelIsAsRobustAsItself()
    {
        var facts = RobustnessFacts.Of(Measure(ColourModels.RedOrBlue(), labelled: true), isLabelled: true);

        facts.Corruptions.Select(corruption => corruption.Name).ShouldBe(ImageCorruptions.All.Select(corruption => corruption.Name));
        facts.Corruptions.ShouldAllBe(corruption => !corruption.LessRobust && corruption.Drop == 0 && corruption.PValue == 1);
        facts.Corruptions.ShouldAllBe(corruption => corruption.Curve.Select(point => point.Strength).SequenceEqual(new[] { 1, 2, 3, 4, 5 }));
    }

    [Fact]
    public void OfADetectorNothingIsTurned() =>
        RobustnessProbe.Corruptions(isDetector: true).Select(corruption => corruption.Name).ShouldBe(["noise", "blur", "jpeg", "brightness", "contrast", "occlusion"]);

    [Theory]
    [InlineData(1000, 64)]
    [InlineData(350_000_000, 21)]
    [InlineData(4_000_000_000, null)]
    public void EffortFollowsTheModelsCost(long macs, int? images) => RobustnessEffort.Images(macs, 256 * 340, 7).ShouldBe(images);

    private static RobustnessCurves Measure(Model compiled, bool labelled)
    {
        using var before = OrtModel.Load(ColourModels.RedOrBlue());
        using var after = OrtModel.Load(compiled);
        var images = new MemoryImages(Input, [.. Enumerable.Range(0, Images).Select(i => MemoryImages.OfColour(ColourModels.Side, labelled ? i % 2 : null, i % 2 == 0 ? [90, 85, 40] : [40, 85, 90]))]);
        return new RobustnessProbe(before, after, null).Measure(images, Images, new Progress<int>())!;
    }
}
