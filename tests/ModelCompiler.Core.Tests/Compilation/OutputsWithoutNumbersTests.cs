using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary>Models that answer with NaN themselves.</summary>
public sealed class OutputsWithoutNumbersTests
{
    public static TheoryData<string> Precisions => ["fp32", "fp16-weights", "int8", "int8-weights", "int4-weights"];

    [Theory]
    [MemberData(nameof(Precisions))]
    public void NothingButNaNIsNotPerfect(string precision)
    {
        using var project = new CompileProject(Network(hasNumbers: false));

        var result = project.Compile(new CompileOptions { Precision = precision, Calibration = Samples(project) });

        var warning = result.Diagnostics.ShouldHaveSingleItem();
        warning.Id.ShouldBe("MC3011");
        warning.Message.ShouldContain("in 4 of 4 samples of the calibration data");
        result.AssetPath.ShouldNotBeNull();
        result.Report!.Fidelity!.SqnrDb.ShouldBeNull();
        result.Report.Fidelity.Top1Agreement.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void TheOtherOutputIsCompared(string precision)
    {
        using var project = new CompileProject(Network(hasNumbers: true));

        var result = project.Compile(new CompileOptions { Precision = precision, Calibration = Samples(project) });

        result.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("'nan'");
        result.Report!.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(20);
        result.Report.Fidelity.Outputs.Single(output => output.Name == "nan").SqnrDb.ShouldBeNull();
    }

    [Fact]
    public void TheCompilerDoesNotRoundWhatItCannotCompare()
    {
        using var project = new CompileProject(Network(hasNumbers: false));

        var result = project.Compile(CompileOptions.None);

        result.Report!.Precision.ShouldBe("fp32");
        result.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["MC3007", "MC3011"]);
        result.Diagnostics[1].Message.ShouldContain("Give typical samples in Evaluation");
    }

    /// <summary>x → MatMul → Relu → MatMul = y, and 0 / 0 of it.</summary>
    private static Model Network(bool hasNumbers)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 64);
        var hidden = builder.Node("Relu", [builder.Node("MatMul", [x, builder.Initializer("w1", Networks.Weights(1, 64, 64))])]);
        var y = builder.Node("MatMul", [hidden, builder.Initializer("w2", Networks.Weights(2, 64, 64))]);
        var zero = builder.Node("Sub", [y, y]);
        if (hasNumbers)
            builder.Output(y, "y", new TensorType(ElementType.Float32, Shape.Of(1, 64)));
        return builder.Output(builder.Node("Div", [zero, zero]), "nan", new TensorType(ElementType.Float32, Shape.Of(1, 64))).Model;
    }

    private static string Samples(CompileProject project)
    {
        var random = new Random(1);
        return project.WriteSamples("x", [.. Enumerable.Range(0, 4 * 64).Select(_ => random.NextSingle() - 0.5f)], 4, 64);
    }
}
