using ModelCompiler.Contract;
using ModelCompiler.Evaluation.Reports;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Calibration;

namespace ModelCompiler.Tests.Compilation;

/// <summary>Models that are no classifiers are judged by what they are for.</summary>
public sealed class TaskMetricsTests
{
    private const int Size = 8, Features = 256, Values = 8;

    private static readonly float[] Weights = RandomWeights();

    [Fact]
    public void ASegmentationIsJudgedByItsMasks()
    {
        using var project = new CompileProject(Segmenter());
        var evaluation = Path.Combine(Path.GetDirectoryName(project.ModelPath)!, "masked.npz");
        var (pixels, classes) = Pictures(new Random(9), count: 12);
        File.WriteAllBytes(evaluation, new TestNpz().Add("x", "<f4", $"12, 3, {Size}, {Size}", pixels).Add("labels", "|u1", $"12, {Size}, {Size}", classes).ToBytes());

        var result = project.Compile(new ModelOptions
        {
            Task = ModelTask.Segmentation,
            Outputs = new([new OutputBinding("y", OutputKind.ClassMap)]),
            Compile = new CompileOptions { Precision = "int8-weights", Evaluation = evaluation, MaxAccuracyDrop = "1%" },
        });

        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        var accuracy = result.Report!.Accuracy.ShouldNotBeNull();
        (accuracy.Metric, accuracy.Samples, accuracy.IsError).ShouldBe(("mIoU", 12, null));
        accuracy.Original!.Value.ShouldBeInRange(0.9, 1);
        result.Report.Measures!.Select(measure => measure.Name).ShouldBe(["mIoU", "mIoU to the original"]);
        var union = result.Report.Measures![0];
        (union.Original, union.Compiled, union.Unit, union.ChangeCi95!.Length).ShouldBe((accuracy.Original, accuracy.Compiled, "share", 2));
        File.ReadAllText(Path.Combine(project.Output, "m.linux-x64.report.html")).ShouldContain("mIoU to the original");
        File.ReadAllText(Path.Combine(project.Output, "m.linux-x64.cdx.json")).ShouldContain("mIoU of the original");
    }

    [Fact]
    public void ARegressionFailsWhereItsErrorGrowsTooMuch()
    {
        using var project = new CompileProject(Regression());
        var evaluation = Path.Combine(Path.GetDirectoryName(project.ModelPath)!, "valued.npz");
        var random = new Random(10);
        float[] features = [.. Enumerable.Range(0, 40 * Features).Select(_ => random.NextSingle() - 0.5f)];
        var values = new float[40 * Values];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = 0.01f * (random.NextSingle() - 0.5f);
            for (var feature = 0; feature < Features; feature++)
                values[i] += features[(i / Values * Features) + feature] * Weights[(feature * Values) + (i % Values)];
        }

        File.WriteAllBytes(evaluation, new TestNpz().Add("x", "<f4", $"40, {Features}", features).Add("labels", "<f4", $"40, {Values}", values).ToBytes());

        var result = project.Compile(new ModelOptions
        {
            Task = ModelTask.Regression,
            Outputs = new([new OutputBinding("y", OutputKind.Value)]),
            Compile = new CompileOptions { Precision = "int8-weights", Evaluation = evaluation, MaxAccuracyDrop = "5%" },
        });

        var error = result.Diagnostics.Single(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        error.Id.ShouldBe("MC3004", error.Message);
        error.Message.ShouldStartWith("MAE rose from 0.00");
        error.Message.ShouldContain("(n=40), over MaxAccuracyDrop=5 %");
        project.Outputs.ShouldBeEmpty();
        var accuracy = result.Report!.Accuracy!;
        (accuracy.Metric, accuracy.IsError).ShouldBe(("MAE", true));
        accuracy.Drop!.Value.ShouldBe((accuracy.Compiled / accuracy.Original!.Value) - 1, 1e-2 * accuracy.Drop.Value);
        result.Report.Measures!.Select(measure => (measure.Name, measure.Unit)).ShouldBe([("MAE", MeasureFacts.Target), ("RMSE", MeasureFacts.Target), ("MAE to the original", MeasureFacts.Target)]);
    }

    /// <summary>Three classes, each the strongest of three colours, by a convolution over a pixel and a little of its neighbours.</summary>
    private static Model Segmenter()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(3), Dimension.Of(Size), Dimension.Of(Size)])));
        var weights = new float[3 * 3];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = i % 4 == 0 ? 1 : -0.03f * i;
        var scores = builder.Node("Conv", [x, builder.Initializer("w", Tensor.Of(weights, 3, 3, 1, 1))]);
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(3), Dimension.Of(Size), Dimension.Of(Size)]))).Model;
    }

    private static (float[] Pixels, byte[] Classes) Pictures(Random random, int count)
    {
        var (pixels, classes) = (new float[count * 3 * Size * Size], new byte[count * Size * Size]);
        for (var i = 0; i < classes.Length; i++)
        {
            var (picture, place) = (i / (Size * Size), i % (Size * Size));
            classes[i] = (byte)random.Next(3);
            for (var color = 0; color < 3; color++)
                pixels[(((picture * 3) + color) * Size * Size) + place] = random.NextSingle() + (color == classes[i] ? 0.9f : 0);
        }

        return (pixels, classes);
    }

    /// <summary>Sums of features. In every row and every column of the weights some are so large beside the others that eight bits leave little of those.</summary>
    private static Model Regression()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Features)])));
        var y = builder.Node("Gemm", [x, builder.Initializer("w", Tensor.Of(Weights, Features, Values)), builder.Initializer("b", Tensor.Of(new float[Values], Values))]);
        return builder.Output(y, "y", new TensorType(ElementType.Float32, new Shape([Dimension.Named("n"), Dimension.Of(Values)]))).Model;
    }

    private static float[] RandomWeights()
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, Features * Values).Select(i => i / Values % Values == i % Values ? 1 : 0.02f * (random.NextSingle() - 0.5f))];
    }
}
