using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class QuantizeStaticallyTests
{
    [Fact]
    public void MakesEveryLayerOfAClassifierInteger()
    {
        var model = Classifier();

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Kept.ShouldBeEmpty();
        summary.Integer.ShouldBe(4); // two Conv, the average, the Gemm
        var executed = ExecutedOperators(compiled);
        executed.Count(operation => operation == "QLinearConv").ShouldBe(2);
        executed.ShouldContain("QLinearGlobalAveragePool");
        executed.ShouldContain("QGemm");
        executed.ShouldNotContain("Relu");
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void LiftsAnOldModelFirst()
    {
        var model = Classifier(opset: 8);

        var compiled = Compile(model, "int8").Model;

        compiled.Opset.ShouldBe(13);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void UsesSignedActivationsWhereTheProfileDoes()
    {
        var model = Classifier();

        var compiled = Compile(model, "int8", QuantizationScheme.Of(HardwareProfiles.Read("osx-arm64"))).Model;

        compiled.Graph.NodesOf("QuantizeLinear").ShouldAllBe(node => node.Inputs[2]!.Constant!.Type == ElementType.Int8);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void SharesScalesAcrossPoolingAndConcat()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 8, 8);
        var (left, right) = (Conv(builder, x, 1, 3, 4), Conv(builder, x, 2, 3, 4));
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["kernel_shape"] = new long[] { 2, 2 }, ["strides"] = new long[] { 2, 2 } };
        var joined = builder.Node("Concat", [builder.Node("MaxPool", [left], attributes), builder.Node("MaxPool", [right], attributes)], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1L });
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, joined, 3, 8, 8)]));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Integer.ShouldBe(4);
        compiled.Graph.NodesOf("QuantizeLinear").Where(node => node.Inputs[0]!.Producer is { OpType: "MaxPool" or "Concat" } or { OpType: "Conv", Inputs: [{ Name: "x" }, ..] })
            .Select(node => node.Inputs[1]!.Constant!.ToFloats()[0]).Distinct().Count().ShouldBe(1);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void MakesAResidualAddInteger()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 4, 8, 8);
        var first = builder.Node("Relu", [Conv(builder, x, 1, 4, 4)]);
        var sum = builder.Node("Relu", [builder.Node("Add", [first, Conv(builder, first, 2, 4, 4)])]);
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, sum, 3, 4, 4)]));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Kept.Select(kept => kept.Reason).ShouldBe(["nothing integer follows it"]);
        ExecutedOperators(compiled).ShouldContain("QLinearAdd");
        ExecutedOperators(compiled).ShouldNotContain("Relu");
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void KeepsTheTailAndTheDenseHeadInFloat()
    {
        var builder = new GraphBuilder(13);
        var body = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 8)]);
        var model = builder.WithOutput(builder.Node("Sigmoid", [Conv(builder, builder.Node("Relu", [Conv(builder, body, 2, 8, 8)]), 3, 8, 8)]));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Integer.ShouldBe(2);
        summary.Kept.Select(kept => kept.Reason).ShouldBe(
            ["it is the last layer of a dense prediction, whose numbers are read one by one", "nothing integer follows it"], ignoreOrder: true);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void KeepsALayerWhoseWeightHoldsNaN()
    {
        var weight = Weights(1, 4, 3, 3, 3).ToFloats();
        weight[0] = float.NaN;

        OfTwoConvs(Tensor.Of(weight, 4, 3, 3, 3)).ShouldContain(kept => kept.Reason.Contains("its weight holds NaN"));
    }

    [Fact]
    public void KeepsLayersThatReadNaNOnCalibrationData()
    {
        var weight = Weights(1, 4, 3, 3, 3).ToFloats();
        weight[0] = float.NaN;

        OfTwoConvs(Tensor.Of(weight, 4, 3, 3, 3)).ShouldContain(kept => kept.Reason.Contains("is NaN or infinite on calibration data"));
    }

    [Fact]
    public void LeavesAQuantizedModelExactlyAsItIs()
    {
        var quantized = Compile(Classifier(), "int8").Model;

        var (again, summary, context) = Compile(quantized, "int8");

        context.Log.ShouldBeEmpty();
        again.Graph.Nodes.Count.ShouldBe(quantized.Graph.Nodes.Count);
        summary!.Integer.ShouldBe(4);
        summary.Kept.ShouldBeEmpty();
    }

    [Fact]
    public void GivesEachLayerItsOwnFormOfASharedWeightAndBias()
    {
        var builder = new GraphBuilder(13);
        var (weight, bias) = (builder.Initializer("w", Weights(1, 4, 4, 3, 3)), builder.Initializer("b", Weights(2, 4)));
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["pads"] = new long[] { 1, 1, 1, 1 } };
        var first = builder.Node("Conv", [builder.Input("x", ElementType.Float32, 1, 4, 8, 8), weight, bias], attributes);
        builder.Output(weight, null, weight.Type);
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [builder.Node("Conv", [first, weight, bias], attributes)]));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Integer.ShouldBe(2);
        compiled.Graph.Outputs.ShouldContain(output => output.Initializer != null);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void KeepsTheBiasOfAChannelWithoutWeights()
    {
        var weight = Weights(1, 4, 3, 3, 3).ToFloats();
        weight.AsSpan(27, 27).Clear();
        var builder = new GraphBuilder(13);
        var conv = builder.Node("Conv", [builder.Input("x", ElementType.Float32, 1, 3, 6, 6), builder.Initializer("w", Tensor.Of(weight, 4, 3, 3, 3)), builder.Initializer("b", Tensor.Vector(0.1f, 3.21f, 0.3f, -0.4f))]);
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [conv]));

        SqnrDb(model, Compile(model, "int8").Model).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void SaysThatAnEmptyWeightCannotBeInteger()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 4);
        var model = builder.WithOutput(builder.Node("MatMul", [x, builder.Initializer("w", Tensor.Of<float>([], 4, 0))]));

        Compile(model, "int8").Summary!.Kept.ShouldHaveSingleItem().Reason.ShouldBe("its weight is empty");
    }

    [Fact]
    public void LeavesWhatIsComputedFromConstantsInFloat()
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 4);
        var offset = builder.Node("Reshape", [builder.Initializer("c", Weights(4, 4)), builder.Initializer("shape", Tensor.Vector(1L, 4, 1, 1))]);
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, builder.Node("Add", [first, offset]), 2, 4, 4)]));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Integer.ShouldBe(2);
        summary.Kept.ShouldContain(kept => kept.Reason.Contains("is computed in float"));
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void AsksForCalibrationData()
    {
        var error = Should.Throw<DiagnosticException>(() => Precisions.Find("int8")!.Apply(Classifier(), new PrecisionInputs(X64, null), new PassContext()));

        error.Diagnostic.Rule.ShouldBe(DiagnosticRules.CalibrationNeeded);
    }

    private static IReadOnlyList<KeptNode> OfTwoConvs(Tensor firstWeight)
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Conv", [builder.Input("x", ElementType.Float32, 1, 3, 8, 8), builder.Initializer("w", firstWeight)]);
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, builder.Node("Relu", [first]), 2, 4, 4)]));
        return Compile(model, "int8").Summary!.Kept;
    }
}
