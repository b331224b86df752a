using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Compilation.Gate;

public sealed class ClassCollapseTests
{
    [Fact]
    public void AClassThatIsLostFailsAlthoughTheMeanHolds()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1000));

        var result = TenClasses.Compile(project, TenClasses.Options(project));

        var error = result.Diagnostics.ShouldHaveSingleItem();
        (error.Id, error.Severity).ShouldBe(("MC3017", DiagnosticSeverity.Error));
        error.Message.ShouldContain("the accuracy of class 7 'seven' fell from 100 % to 0 % (n=25), over MaxClassDrop=25 %, while that of all classes together went from 100 % to 97.54 %.");
        project.Outputs.ShouldBeEmpty();
        var worst = result.Report!.Accuracy!.WorstClasses.ShouldHaveSingleItem();
        (worst.Class, worst.Label, worst.Samples, worst.Original, worst.Compiled).ShouldBe((7, "seven", 25, 1, 0));
    }

    [Fact]
    public void ItsUndamagedTwinPassesEveryTime()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));
        for (var time = 0; time < 20; time++)
        {
            var result = TenClasses.Compile(project, TenClasses.Options(project));

            result.Diagnostics.ShouldBeEmpty();
            result.Report!.Accuracy!.WorstClasses.ShouldBeEmpty();
        }
    }

    [Fact]
    public void AProjectMayAllowIt()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1000));

        TenClasses.Compile(project, TenClasses.Options(project) with { MaxClassDrop = "100%" }).AssetPath.ShouldNotBeNull();
    }

    [Fact]
    public void AFormThatNobodyAskedForGivesWay()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1000));

        var result = TenClasses.Compile(project, TenClasses.Options(project) with { Precision = null });

        result.Report!.Precision.ShouldNotBe("int8-weights");
        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("not int8-weights, since the accuracy of class 7 'seven' would fall from 100 % to 0 % (n=25)");
    }

    [Theory]
    [InlineData("98%", true)]
    [InlineData("97%", false)]
    public void AnswersThatChangeMoreThanAllowedFail(string least, bool fails)
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1000));

        var result = TenClasses.Compile(project, TenClasses.Options(project) with { MaxAccuracyDrop = null, MaxClassDrop = "100%", MinAgreement = least });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(fails ? ["MC3018"] : []);
        if (fails)
            result.Diagnostics[0].Message.ShouldContain("the compiled model gives 97.54 % of the original's answers (n=1015, evaluation data), under MinAgreement=98 %.");
    }
}
