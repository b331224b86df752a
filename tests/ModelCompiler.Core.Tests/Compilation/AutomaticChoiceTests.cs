using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation;

/// <summary>What <c>Precision="auto"</c> takes, and by which evidence.</summary>
public sealed class AutomaticChoiceTests
{
    private const int Size = 512;

    [Fact]
    public void ARowOfNumbersIsJudgedAsASignal()
    {
        using var project = new CompileProject(Stack());

        var result = project.Compile(new CompileOptions { Precision = "auto" });

        result.Report!.Precision.ShouldBeOneOf("int8-weights", "int8-dynamic");
        result.Report.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(30);
        result.Report.Fidelity.Top1Agreement.ShouldNotBeNull().ShouldBeLessThan(0.99, "else the test would not tell how the form was judged");
    }

    [Fact]
    public void ScoresOfClassesAreJudgedByTheAnswer()
    {
        using var project = new CompileProject(Stack());

        var result = project.Compile(new ModelOptions { Task = ModelTask.Classification, Compile = new CompileOptions { Precision = "auto" } });

        result.Report!.Precision.ShouldBeOneOf("fp16-weights", "fp32");
        result.Report.Fidelity!.Top1Agreement.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0.99);
        result.Diagnostics.ShouldContain(diagnostic => diagnostic.Id == "MC3007" && diagnostic.Message.Contains("agreement with the original's answers would fall"));
    }

    [Fact]
    public void ABudgetThatNothingMeasuresIsSaidToBeUnjudged()
    {
        using var project = new CompileProject(Stack());

        var result = project.Compile(new CompileOptions { Precision = "auto", MaxAccuracyDrop = "0.5%" });

        result.AssetPath.ShouldNotBeNull();
        var warning = result.Diagnostics.Single(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
        warning.Id.ShouldBe("MC3009");
        warning.Message.ShouldContain("a signal to noise of");
        warning.Message.ShouldContain("Task=\"classification\"");
    }

    [Fact]
    public void OfFormsThatAreRunAlikeTheSmallestIsTakenWithoutMeasuring()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 12, 12);
        using var project = new CompileProject(builder.WithOutput(Networks.Conv(builder, builder.Node("Relu", [Networks.Conv(builder, x, 1, 3, 32)]), 2, 32, 16)));

        var result = project.Compile(new CompileOptions { Precision = "auto" });

        result.Report!.Precision.ShouldBe("int8-weights");
        project.Steps.Where(step => step.StartsWith("timing", StringComparison.Ordinal)).ShouldAllBe(step => step == "timing int8-weights");
    }

    /// <summary>Three layers; the largest of 512 noisy outputs is often nearly the next one.</summary>
    private static Model Stack()
    {
        var builder = new GraphBuilder(17);
        var value = builder.Input("x", ElementType.Float32, 1, Size);
        for (var layer = 0; layer < 3; layer++)
        {
            var product = builder.Node("Gemm", [value, builder.Initializer("w", Networks.Weights(layer, Size, Size)), builder.Initializer("b", Networks.Weights(layer + 10, Size))]);
            value = layer < 2 ? builder.Node("Relu", [product]) : product;
        }

        return builder.WithOutput(value);
    }
}
