using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Compilation.Gate;

/// <summary>
/// Ten classes, by day and by night: score i is feature i or feature 10 + i. What is seen by night has weights so small that eight bits leave none of them. Nights are
/// rare, 40 of 1140 samples and 4 of the 114 of each class, so that neither the mean nor a class shows much.
/// </summary>
public sealed class SliceCollapseTests
{
    private const int Features = 256, Classes = 10, Days = 110, Nights = 4;

    [Fact]
    public void ASliceThatIsLostFailsAlthoughTheMeanAndEveryClassHold()
    {
        using var project = new CompileProject(Classifier(atNight: 0.001f));

        var result = TenClasses.Compile(project, Options(project, atNight: 1000));

        var error = result.Diagnostics.ShouldHaveSingleItem();
        (error.Id, error.Severity).ShouldBe(("MC3021", DiagnosticSeverity.Error));
        error.Message.ShouldContain("the accuracy of the slice '1' fell from 100 % to 10 % (n=40), over MaxClassDrop=25 %, while that of all samples together went from 100 % to 96.84 %.");
        project.Outputs.ShouldBeEmpty();
        var slices = result.Report!.Accuracy!.Slices.ShouldNotBeNull();
        slices.Select(slice => (slice.Slice, slice.Samples, slice.Original, slice.Compiled)).ShouldBe([("1", 40, 1, 0.1), ("0", 1100, 1, 1)]);
    }

    [Fact]
    public void ItsUndamagedTwinPasses()
    {
        using var project = new CompileProject(Classifier(atNight: 1));

        var result = TenClasses.Compile(project, Options(project, atNight: 1));

        result.Diagnostics.ShouldBeEmpty();
        result.Report!.Accuracy!.Slices!.ShouldAllBe(slice => slice.Drop == 0);
    }

    [Fact]
    public void AFormThatNobodyAskedForGivesWay()
    {
        using var project = new CompileProject(Classifier(atNight: 0.001f));

        var result = TenClasses.Compile(project, Options(project, atNight: 1000) with { Precision = null });

        result.Report!.Precision.ShouldNotBe("int8-weights");
        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("not int8-weights, since the accuracy of the slice '1' would fall from 100 % to 10 % (n=40)");
    }

    private static CompileOptions Options(CompileProject project, float atNight)
    {
        var samples = Enumerable.Range(0, Classes).SelectMany(index => Enumerable.Range(0, Days + Nights).Select(i => (Label: index, IsNight: i >= Days))).ToArray();
        var values = new float[samples.Length * Features];
        foreach (var (i, sample) in samples.Index())
            values[(i * Features) + sample.Label + (sample.IsNight ? Classes : 0)] = (1 + (i % 5 / 10f)) * (sample.IsNight ? atNight : 1);
        var data = project.WriteSamples("x", values, [.. samples.Select(sample => sample.Label)], samples.Length, Features);
        CompileProject.AddSlices(data, [.. samples.Select(sample => sample.IsNight ? 1 : 0)]);
        return new CompileOptions { Precision = "int8-weights", Evaluation = data, MaxAccuracyDrop = "5%" };
    }

    private static Model Classifier(float atNight)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Features)])));
        var weights = new float[Features * Classes];
        for (var i = 0; i < Classes; i++)
            (weights[(i * Classes) + i], weights[((Classes + i) * Classes) + i]) = (1, atNight);
        var scores = builder.Node("Gemm", [x, builder.Initializer("w", Tensor.Of(weights, Features, Classes)), builder.Initializer("b", Tensor.Of(new float[Classes], Classes))]);
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Classes)]))).Model;
    }
}
