using ModelCompiler.Contract;
using ModelCompiler.Tests.Calibration;

namespace ModelCompiler.Tests.Compilation;

public sealed class ConfidenceCompilationTests
{
    [Fact]
    public void AClassifierIsAskedHowSureItIs()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        var first = TenClasses.Compile(project, TenClasses.Options(project)).Report.ShouldNotBeNull();

        var calibration = first.Calibration.ShouldNotBeNull();
        (calibration.Output, calibration.Kind, calibration.Samples, calibration.NotMeasured).ShouldBe(("y", "logits", 1015, null));
        calibration.Original!.Bins.Sum(bin => bin.Samples).ShouldBe(1015);
        // A score of 1 to 1.4 among nine of 0: e / (e + 9) = 0.232 to 0.311 sure, and always right.
        calibration.Original.Ece.ShouldBeInRange(1 - 0.311, 1 - 0.232);
        calibration.Compiled!.Ece.ShouldBe(calibration.Original.Ece, 0.01);
        calibration.Temperature!.NotMeasured!.ShouldContain("every answer is right");
        var strange = first.OutOfDistribution.ShouldNotBeNull();
        (strange.Source, strange.InDistribution, strange.NotMeasured).ShouldBe(("synthetic", 128, null));
        strange.Scores.Select(score => score.Score).ShouldBe(["maxProbability", "energy"]);
        WithoutClock.Of(TenClasses.Compile(project, TenClasses.Options(project)).Report!).ShouldBe(WithoutClock.Of(first));
    }

    [Fact]
    public void TheProjectSaysWhatIsOutOfDistribution()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));
        var nothing = Path.Combine(Path.GetDirectoryName(project.ModelPath)!, "nothing.npz");
        File.WriteAllBytes(nothing, new TestNpz().Add("x", "<f4", "3, 256", new float[3 * 256]).ToBytes());

        var strange = TenClasses.Compile(project, TenClasses.Options(project) with { OutOfDistribution = nothing }).Report!.OutOfDistribution.ShouldNotBeNull();

        (strange.Source, strange.InDistribution, strange.OutOfDistribution).ShouldBe(("nothing.npz", 128, 3));
        strange.Scores.ShouldAllBe(score => score.Original == 1 && score.Compiled == 1 && score.CompiledCi95[0] < 0.95 && score.CompiledCi95[1] == 1);
    }

    [Fact]
    public void WithoutTypicalSamplesNothingIsStrange()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        var report = TenClasses.Compile(project, new CompileOptions { Precision = "int8-weights" }).Report!;

        report.Calibration.ShouldBeNull();
        report.OutOfDistribution!.NotMeasured!.ShouldContain("typical samples");
    }

    [Fact]
    public void DataThatIsMissingIsAnError()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        TenClasses.Compile(project, new CompileOptions { OutOfDistribution = "nowhere" }).Diagnostics.ShouldHaveSingleItem().Id.ShouldBe("MC0008");
    }
}
