using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tests.Compilation;

public sealed class ChangedAnswersTests
{
    [Fact]
    public void SamplesThatOnlyTheOriginalAnswersRightAreShown()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1000));

        var changed = TenClasses.Compile(project, TenClasses.Options(project) with { MaxClassDrop = "100%" }).Report!.ChangedAnswers.ShouldNotBeNull();

        (changed.Count, changed.Samples, changed.Examples.Count).ShouldBe((25, 1015, 8));
        changed.Examples.ShouldAllBe(example => example.Right == new ClassAnswer(7, "seven") && example.Original == new ClassAnswer(7, "seven") && example.Compiled!.Class != 7);
        changed.Examples[0].Name.ShouldBe("samples.npz[770]");
    }

    [Fact]
    public void NoneIsSaidToBeNone()
    {
        using var project = new CompileProject(TenClasses.Classifier(widest: 1));

        TenClasses.Compile(project, TenClasses.Options(project)).Report!.ChangedAnswers.ShouldNotBeNull().Count.ShouldBe(0);
    }
}
