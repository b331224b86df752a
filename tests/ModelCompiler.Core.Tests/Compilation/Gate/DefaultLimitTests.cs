using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Compilation.Gate;

/// <summary>What stops a model for which the project sets no limit at all.</summary>
public sealed class DefaultLimitTests
{
    [Fact]
    public void ALayerThatRoundingDestroysFails()
    {
        using var project = new CompileProject(TenClasses.ClassifierWithBrittleLayer(widest: 1000));

        var result = TenClasses.Compile(project, NoLimits(project));

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3004", "MC3017"]);
        result.Diagnostics[0].Message.ShouldStartWith("top-1 accuracy fell from 100 % to 10.84 % (n=1015), over MaxAccuracyDrop=5 %, which holds where none is set.");
        project.Outputs.ShouldBeEmpty();
    }

    [Fact]
    public void ItsUndamagedTwinPassesTwentyTimes()
    {
        using var project = new CompileProject(TenClasses.ClassifierWithBrittleLayer(widest: 1));
        var options = NoLimits(project);

        for (var time = 0; time < 20; time++)
            TenClasses.Compile(project, options).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void ABudgetTakesThePlaceOfTheDefault()
    {
        using var project = new CompileProject(TenClasses.ClassifierWithBrittleLayer(widest: 1000));

        TenClasses.Compile(project, NoLimits(project) with { MaxAccuracyDrop = "100%", MaxClassDrop = "100%" }).AssetPath.ShouldNotBeNull();
    }

    [Fact]
    public void WithoutLabelsOtherAnswersThanTheOriginalsFail()
    {
        using var project = new CompileProject(TenClasses.ClassifierWithBrittleLayer(widest: 1000));

        var result = TenClasses.Compile(project, NoLimits(project) with { Evaluation = Unlabelled(project) });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldContain("MC3018");
        result.Diagnostics.Single(diagnostic => diagnostic.Id == "MC3018").Message.ShouldContain("under MinAgreement=50 %, which holds where none is set.");
        result.AssetPath.ShouldBeNull();
    }

    [Fact]
    public void OutputsThatAreNoAnswersFailWhereTheyAreNoise()
    {
        using var project = new CompileProject(TenClasses.BrittleSum(widest: 1000));

        var result = project.Compile(NoLimits(project) with { Evaluation = Unlabelled(project) });

        var error = result.Diagnostics.ShouldHaveSingleItem();
        (error.Id, error.Severity).ShouldBe(("MC3029", DiagnosticSeverity.Error));
        error.Message.ShouldContain("dB signal to noise (n=32, evaluation data): half or more of them is not the original's. What helps, the most promising first: say Precision=\"auto\"");
    }

    private static CompileOptions NoLimits(CompileProject project) => TenClasses.Options(project) with { MaxAccuracyDrop = null };

    private static string Unlabelled(CompileProject project)
    {
        const int Samples = 32, Features = 256;
        var values = new float[Samples * Features];
        for (var sample = 0; sample < Samples; sample++)
            values[(sample * Features) + (sample % 10)] = 1 + (sample / 100f);
        return project.WriteSamples("x", values, Samples, Features);
    }
}
