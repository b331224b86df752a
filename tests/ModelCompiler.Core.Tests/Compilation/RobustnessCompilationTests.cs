using System.Globalization;
using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Tests.Calibration;
using ModelCompiler.Tests.Evaluation.Robustness;

namespace ModelCompiler.Tests.Compilation;

/// <summary>For a device other than the build machine, so that nothing is timed.</summary>
public sealed class RobustnessCompilationTests : IDisposable
{
    private const string MinusOneToOne = "scale=0.00784313725;mean=1";

    private readonly TestFolder _folder = new();
    private readonly CompileProject _project = new(ColourModels.RedAndBlueAboveZero()) { Profile = "linux-arm64" };

    public void Dispose()
    {
        _project.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ReportsWhatDisturbedImagesDoTheSameEachTime()
    {
        var result = Compile(MinusOneToOne, new CompileOptions { Precision = "fp32", Evaluation = WriteImages(labelled: true) });

        result.Diagnostics.ShouldBeEmpty();
        var robustness = result.Report!.Robustness.ShouldNotBeNull();
        (robustness.Metric, robustness.Samples, robustness.Original, robustness.Compiled, robustness.NotMeasured).ShouldBe(("top1", 60, 1, 1, null));
        robustness.Corruptions.Count.ShouldBe(7);
        var adversarial = result.Report.Adversarial.ShouldNotBeNull();
        (adversarial.Samples, adversarial.Queries, adversarial.Original, adversarial.Compiled, adversarial.PValue).ShouldBe((16, 100, 0, 0, 1));
        WithoutClock.Of(Compile(MinusOneToOne, new CompileOptions { Precision = "fp32", Evaluation = _folder.Path }).Report!).ShouldBe(WithoutClock.Of(result.Report));
    }

    [Fact]
    public void CalibrationDataIsLookedAtWhereTheProjectSaysSo()
    {
        var images = WriteImages(labelled: false);

        Compile(MinusOneToOne, new CompileOptions { Precision = "fp32", Calibration = images }).Report!.Robustness.ShouldBeNull();
        Compile(MinusOneToOne, new CompileOptions { Precision = "fp32", Evaluation = images, Robustness = false }).Report!.Robustness.ShouldBeNull();
        Compile(MinusOneToOne, new CompileOptions { Precision = "fp32", Calibration = images, Robustness = true }).Report!.Robustness!.Metric.ShouldBe("agreement");
    }

    [Fact]
    public void AForgottenMeanFails()
    {
        var options = new CompileOptions { Precision = "fp32", Evaluation = WriteImages(labelled: true), Robustness = false };

        var result = Compile("scale=0.003921569", options);

        var error = result.Diagnostics.ShouldHaveSingleItem();
        (error.Id, error.Severity).ShouldBe(("MC3023", DiagnosticSeverity.Error));
        error.Message.ShouldStartWith("as declared (RGB, scale 0.003922, mean 0, 0, 0, std 1, 1, 1) the original's top-1 accuracy is 25 %, and with other preprocessing (RGB, scale 0.003922, mean 0.5, 0.5, 0.5, std 0.5, 0.5, 0.5) it is 100 % (n=60, p=");
        _project.Outputs.ShouldBeEmpty();
        var written = error.Message.Split('"')[1];
        for (var time = 0; time < 20; time++)
            Compile(PreprocessText.Parse(written)!, options).Diagnostics.ShouldBeEmpty();
        Compile("scale=0.003921569", options with { CheckPreprocessing = false }).Diagnostics.ShouldBeEmpty();
    }

    private CompileResult Compile(string pixels, CompileOptions options) => Compile(PreprocessText.Parse($"image;layout=NCHW;color=RGB;resize=none;{pixels}")!, options);

    private CompileResult Compile(ImageBinding image, CompileOptions options) => _project.Compile(new ModelOptions
    {
        Task = ModelTask.Classification,
        Images = new([image]),
        Outputs = new([new OutputBinding("y", OutputKind.Probabilities)]),
        Compile = options,
    });

    /// <summary>15 of each class: red and blue on either side of the middle of a byte.</summary>
    private string WriteImages(bool labelled)
    {
        for (var i = 0; i < 60; i++)
        {
            var (label, step) = (i % 4, (byte)(i / 4));
            var image = TestPng.OfStripes(ColourModels.Side, ColourModels.Side, (byte)(label / 2 == 0 ? 40 + step : 210 - step), 128, (byte)(label % 2 == 0 ? 40 + step : 210 - step));
            var name = i.ToString("00", CultureInfo.InvariantCulture) + ".png";
            _folder.Write(labelled ? $"{label}/{name}" : name, image);
        }

        return _folder.Path;
    }
}
