using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Float16;

public sealed class ConvertToFloat16Tests
{
    [Theory]
    [InlineData(7)]
    [InlineData(13)]
    public void ComputesANetworkInHalfTheBytes(long opset)
    {
        var model = Classifier(opset);

        var compiled = Compile(model, "fp16").Model;

        compiled.Graph.Nodes.Count(node => node.OpType == "Cast").ShouldBe(2, "one behind the input, one before the output");
        compiled.Graph.Initializers.ShouldAllBe(value => value.Initializer!.Type != ElementType.Float32);
        compiled.Graph.Inputs.Concat(compiled.Graph.Outputs).Select(value => (value.Name, value.TensorType!.Element))
            .ShouldBe([("x", ElementType.Float32), ("y", ElementType.Float32)]);
        OnnxWriter.ToBytes(compiled).Length.ShouldBeLessThan(OnnxWriter.ToBytes(model).Length * 65 / 100);
        SqnrDb(model, compiled).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void LeavesOperatorsThatFloat16IsTooCoarseFor()
    {
        var builder = new GraphBuilder(13);
        var scaled = builder.Node("Mul", [builder.Input("x", ElementType.Float32, 1, 16), builder.Initializer("s", Tensor.Scalar(2f))]);
        var top = builder.Nodes("TopK", [scaled, builder.Initializer("k", Tensor.Vector(4L))], 2);
        var model = builder.WithOutput(builder.Node("Relu", [top[0]]));

        var compiled = Compile(model, "fp16").Model;

        compiled.Graph.Nodes.Select(node => node.OpType).ShouldBe(["Cast", "Mul", "Cast", "TopK", "Cast", "Relu", "Cast"]);
        SqnrDb(model, compiled).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void LeavesNodesWhoseNumbersGetLarge()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 16);
        var large = builder.Node("Mul", [x, builder.Initializer("thousand", Tensor.Scalar(1000f))]);
        var model = builder.WithOutput(builder.Node("Tanh", [builder.Node("Mul", [x, builder.Node("Mul", [large, builder.Initializer("thousandth", Tensor.Scalar(1e-3f))])])]));

        var (compiled, _, context) = Compile(model, "fp16");

        context.Declined.Count.ShouldBe(2);
        context.Declined.ShouldAllBe(declined => declined.Reason.StartsWith("'Mul' gets as large as", StringComparison.Ordinal));
        SqnrDb(model, compiled).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void LeavesWeightsThatFloat16CannotHold()
    {
        foreach (var number in new[] { 65536f, float.NegativeInfinity, float.NaN })
        {
            var builder = new GraphBuilder(13);
            var x = builder.Node("Relu", [builder.Input("x", ElementType.Float32, 1, 4)]);
            var model = builder.WithOutput(builder.Node("Add", [x, builder.Initializer("mask", Tensor.Vector(0f, number, 0, 0))]));

            var (compiled, _, context) = Compile(model, "fp16");

            context.Declined.ShouldHaveSingleItem().Reason.ShouldBe("'mask' holds numbers that float16 has no place for");
            compiled.Graph.Initializers.ShouldHaveSingleItem().Initializer!.Type.ShouldBe(ElementType.Float32);
        }
    }

    [Fact]
    public void RaisesNumbersThatWouldBecomeZero()
    {
        var builder = new GraphBuilder(13);
        var tiny = builder.Initializer("tiny", Tensor.Vector(1e-12f, -1e-12f, 0, 0.5f));
        var model = builder.WithOutput(builder.Node("Add", [builder.Input("x", ElementType.Float32, 1, 4), tiny]));

        var (compiled, _, context) = Compile(model, "fp16");

        context.Log[0].Label.ShouldContain("2 numbers raised");
        compiled.Graph.Initializers.ShouldHaveSingleItem().Initializer!.ToFloats().ShouldBe([5.9604645e-8f, -5.9604645e-8f, 0, 0.5f]);
    }

    [Fact]
    public void KeepsOneFormOfAWeightForEachTypeThatReadsIt()
    {
        var builder = new GraphBuilder(13);
        var weight = builder.Initializer("w", Weights(1, 4, 4));
        var x = builder.Input("x", ElementType.Float32, 4, 4);
        var product = builder.Node("MatMul", [builder.Node("MatMul", [x, weight]), weight]);
        builder.Output(weight, null, weight.Type);
        var model = builder.WithOutput(builder.Node("Max", [product, weight]));

        var compiled = Compile(model, "fp16").Model;

        compiled.Graph.Initializers.Select(value => (value.Name, value.Initializer!.Type)).ShouldBe([("w", ElementType.Float32), ("w_float16", ElementType.Float16)], ignoreOrder: true);
        SqnrDb(model, compiled).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void HandsFloat32ToNestedGraphs()
    {
        var builder = new GraphBuilder(13);
        var hidden = builder.Node("Relu", [builder.Input("x", ElementType.Float32, 2, 4)]);
        var choice = builder.Node("If", [builder.Initializer("flag", Tensor.Of([true]))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["then_branch"] = builder.Nested("yes", branch => branch.Output(branch.Node("Add", [hidden, branch.Initializer("one", Tensor.Scalar(1f))]))),
            ["else_branch"] = builder.Nested("no", branch => branch.Output(branch.Node("Neg", [hidden]))),
        });
        var model = builder.WithOutput(choice);

        var compiled = Compile(model, "fp16").Model;

        compiled.Graph.Nodes.Select(node => node.OpType).ShouldBe(["Cast", "Relu", "Cast", "If"]);
        SqnrDb(model, compiled).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void LeavesIntegersAlone()
    {
        var builder = new GraphBuilder(13);
        var indices = builder.Input("indices", ElementType.Int64, 3);
        var next = builder.Node("Add", [indices, builder.Initializer("one", Tensor.Scalar(1L))]);
        var model = builder.WithOutput(builder.Node("Gather", [builder.Initializer("table", Weights(1, 8, 4)), next]));
        var (compiled, context) = (model.Clone(), new PassContext());

        Precisions.Find("fp16")!.Apply(compiled, new PrecisionInputs(X64, null), context);

        compiled.Graph.Nodes.Select(node => node.OpType).ShouldBe(["Add", "Gather", "Cast"]);
        ModelOutputs.SqnrDb(model, compiled, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["indices"] = Tensor.Vector(0L, 6, 3) }).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void RefusesAModelThatItWouldNotChange()
    {
        var builder = new GraphBuilder(13);
        var model = builder.WithOutput(builder.Node("Max", [builder.Input("x", ElementType.Float32, 4), builder.Initializer("floor", Tensor.Scalar(0f))]));

        Should.Throw<DiagnosticException>(() => Compile(model, "fp16")).Diagnostic.Rule.ShouldBe(DiagnosticRules.NothingForPrecision);
    }

    [Fact]
    public void IsDeliveredForIos()
    {
        using var project = new Compilation.CompileProject(Classifier()) { Profile = "ios-arm64" };

        var report = project.Compile(new CompileOptions { Precision = "fp16" }).Report!;

        report.Precision.ShouldBe("fp16");
        report.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("models/squeezenet/squeezenet_fp32.onnx")]
    [InlineData("models/magika/standard_v2_1.onnx")]
    [InlineData("models/ultraface/version-RFB-320.onnx")]
    [InlineData("models/dtln/model_1.onnx")]
    public void LoadsAndRunsRealModels(string path)
    {
        using var model = OnnxReader.Read(SharedData.Require(path));
        using var project = new Compilation.CompileProject(model) { Profile = "ios-arm64" };

        var result = project.Compile(new CompileOptions { Precision = "fp16" });

        result.Diagnostics.ShouldAllBe(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
        result.Report!.Compiled!.Bytes.ShouldBeLessThan(result.Report.Original.Bytes * 65 / 100);
        result.Report.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(40);
    }
}
