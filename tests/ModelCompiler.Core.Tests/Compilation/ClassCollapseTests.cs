using ModelCompiler.Compilation;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Compilation;

/// <summary>
/// A classifier of ten classes whose weights for class 7 span so much that eight bits leave none of those that matter. Class 7 is rare: 25 of 1015 samples, so
/// that losing it costs 2.5 points, which the budget allows.
/// </summary>
public sealed class ClassCollapseTests
{
    private const int Features = 256, Classes = 10, Rare = 7, RareSamples = 25, OtherSamples = 110;

    [Fact]
    public void AClassThatIsLostFailsAlthoughTheMeanHolds()
    {
        using var project = new CompileProject(Classifier(widest: 1000));

        var result = Compile(project, Options(project));

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
        using var project = new CompileProject(Classifier(widest: 1));
        for (var time = 0; time < 3; time++)
        {
            var result = Compile(project, Options(project));

            result.Diagnostics.ShouldBeEmpty();
            result.Report!.Accuracy!.WorstClasses.ShouldBeEmpty();
        }
    }

    [Fact]
    public void AProjectMayAllowIt()
    {
        using var project = new CompileProject(Classifier(widest: 1000));

        Compile(project, Options(project) with { MaxClassDrop = "100%" }).AssetPath.ShouldNotBeNull();
    }

    [Fact]
    public void AFormThatNobodyAskedForGivesWay()
    {
        using var project = new CompileProject(Classifier(widest: 1000));

        var result = Compile(project, Options(project) with { Precision = null });

        result.Report!.Precision.ShouldNotBe("int8-weights");
        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("not int8-weights, since the accuracy of class 7 'seven' would fall from 100 % to 0 % (n=25)");
    }

    [Theory]
    [InlineData("98%", true)]
    [InlineData("97%", false)]
    public void AnswersThatChangeMoreThanAllowedFail(string least, bool fails)
    {
        using var project = new CompileProject(Classifier(widest: 1000));

        var result = Compile(project, Options(project) with { MaxAccuracyDrop = null, MaxClassDrop = "100%", MinAgreement = least });

        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(fails ? ["MC3018"] : []);
        if (fails)
            result.Diagnostics[0].Message.ShouldContain("the compiled model gives 97.54 % of the original's answers (n=1015, evaluation data), under MinAgreement=98 %.");
    }

    private static CompileResult Compile(CompileProject project, CompileOptions options)
    {
        var labels = Path.Combine(Path.GetDirectoryName(project.ModelPath)!, "labels.txt");
        File.WriteAllLines(labels, ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]);
        return project.Compile(new ModelOptions { Labels = labels, Outputs = new([new OutputBinding("y", OutputKind.Logits)]), Compile = options });
    }

    private static CompileOptions Options(CompileProject project)
    {
        int[] labels = [.. Enumerable.Range(0, Classes).SelectMany(index => Enumerable.Repeat(index, index == Rare ? RareSamples : OtherSamples))];
        var values = new float[labels.Length * Features];
        for (var sample = 0; sample < labels.Length; sample++)
            values[(sample * Features) + labels[sample]] = 1 + (sample % 5 / 10f);
        return new CompileOptions { Precision = "int8-weights", Evaluation = project.WriteSamples("x", values, labels, labels.Length, Features), MaxAccuracyDrop = "5%" };
    }

    /// <summary>Score i is feature i; that of class 7 has one weight more, for a feature that no sample has.</summary>
    private static Model Classifier(float widest)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Features)])));
        var weights = new float[Features * Classes];
        for (var i = 0; i < Classes; i++)
            weights[(i * Classes) + i] = 1;
        weights[(Classes * Classes) + Rare] = widest;
        var scores = builder.Node("Gemm", [x, builder.Initializer("w", Tensor.Of(weights, Features, Classes)), builder.Initializer("b", Tensor.Of(new float[Classes], Classes))]);
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Classes)]))).Model;
    }
}
