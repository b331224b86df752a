using ModelCompiler.Contract;

namespace ModelCompiler.Tests.Compilation.Gate;

/// <summary>Of 1015 samples none is lost; the 95 % interval of the drop then reaches 1.96/1017, or 0.19 points.</summary>
public sealed class EvidenceGapTests
{
    [Theory]
    [InlineData(null, "MC3019", DiagnosticSeverity.Warning)]
    [InlineData(true, "MC3020", DiagnosticSeverity.Error)]
    public void SaysHowManySamplesWouldShowThatALimitIsKept(bool? required, string id, DiagnosticSeverity severity)
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        var result = TenClasses.Compile(project, TenClasses.Options(project) with { MaxAccuracyDrop = "0.1%", RequireEvidence = required });

        var gap = result.Diagnostics.ShouldHaveSingleItem();
        (gap.Id, gap.Severity).ShouldBe((id, severity));
        gap.Message.ShouldStartWith("MaxAccuracyDrop=0.1 % is not shown to be kept");
        gap.Message.ShouldEndWith("the drop of 0 points was measured on n=1015, and its 95 % interval reaches 0.19 points. About 3,800 labelled samples in Evaluation would show it.");
        (result.AssetPath is null).ShouldBe(severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void LabelsOfCalibrationDataMayBeFew()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));
        var options = TenClasses.Options(project);

        TenClasses.Compile(project, options with { Calibration = options.Evaluation, Evaluation = null, MaxAccuracyDrop = "0.1%" }).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void EnoughSamplesAreEvidence()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        TenClasses.Compile(project, TenClasses.Options(project) with { MaxAccuracyDrop = "0.2%", MaxClassDrop = "5%", MinAgreement = "99%", RequireEvidence = true }).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsNotRoundedNeedsNoEvidence()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        TenClasses.Compile(project, TenClasses.Options(project) with { Precision = "fp32", MaxAccuracyDrop = "0.1%", RequireEvidence = true }).Diagnostics.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    public void WithoutLabelsALimitIsJudgedByAnEstimateUnlessEvidenceIsRequired(bool? required)
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        var result = TenClasses.Compile(project, TenClasses.Options(project) with { Evaluation = null, RequireEvidence = required });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(required == true ? ["MC3020"] : []);
        if (required == true)
            result.Diagnostics[0].Message.ShouldContain("no labelled sample was judged. Give labelled samples in Evaluation.");
    }

    [Fact]
    public void ALimitOfClassesThatNoneCanBeJudgedByIsSaid()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        var gap = TenClasses.Compile(project, TenClasses.Options(project) with { Evaluation = null, MaxAccuracyDrop = null, MaxClassDrop = "5%" }).Diagnostics.ShouldHaveSingleItem();

        gap.Id.ShouldBe("MC3019");
        gap.Message.ShouldBe("MaxClassDrop=5 % is not shown to be kept: no class has 20 labelled samples. Give labelled samples in Evaluation.");
    }
}
