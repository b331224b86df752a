using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

/// <summary>Operators that have no integer form here, and nested graphs: what lies around them becomes integer.</summary>
public sealed class QuantizeAroundTests
{
    [Fact]
    public void AnOperatorOfAnotherDomainStaysBetweenTwoIntegerLayers()
    {
        var builder = new GraphBuilder(13).Opset("com.microsoft", 1);
        var first = Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 4);
        var gated = builder.Node("QuickGelu", [first], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["alpha"] = 1.5f }, "com.microsoft");
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, builder.Node("Add", [gated, first]), 2, 4, 4)]));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Integer.ShouldBe(2);
        summary.Kept.Select(kept => kept.Reason).ShouldBe([$"its input '{gated.Name}' is computed in float", "nothing integer follows it"]);
        compiled.Graph.Nodes.Single(node => node.OpType == "QuickGelu").GetFloat("alpha", 0).ShouldBe(1.5f);
        ExecutedOperators(compiled).Count(operation => operation == "QLinearConv").ShouldBe(2);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void AnOperatorForTablesStaysBetweenTwoIntegerLayers()
    {
        var builder = new GraphBuilder(13).Opset("ai.onnx.ml", 3);
        var first = builder.Node("Relu", [builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 4, 32), builder.Initializer("w", Weights(1, 32, 16))])]);
        var scaled = builder.Node(
            "Scaler", [first], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["offset"] = new[] { 0.25f }, ["scale"] = new[] { 2f } }, "ai.onnx.ml");
        var model = builder.WithOutput(builder.Node("MatMul", [scaled, builder.Initializer("v", Weights(2, 16, 8))]));

        var (compiled, summary, _) = Compile(model, "int8");

        summary!.Integer.ShouldBe(2);
        compiled.Graph.Nodes.ShouldContain(node => node.OpType == "Scaler");
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LayersInABranchStayInFloatAndReadWhatIntegersStandFor(bool taken)
    {
        var model = WithBranches();
        var samples = Samples(model, taken);

        using var compiled = model.Clone();
        var summary = Precisions.Find("int8")!.Apply(compiled, new PrecisionInputs(X64, new SampleCalibration(samples)), new PassContext())!;

        summary.Integer.ShouldBe(2);
        summary.Kept.ShouldContain(kept => kept.Node.StartsWith("Conv", StringComparison.Ordinal) && kept.Reason == "it runs inside a control-flow operator");
        compiled.Graph.Nodes.Single(node => node.OpType == "If").Subgraphs.SelectMany(branch => branch.Nodes).ShouldContain(node => node.OpType == "Conv");
        ModelOutputs.SqnrDb(model, compiled, [.. samples.Select(sample => sample.Inputs)]).ShouldBeGreaterThan(25);
    }

    [Theory]
    [InlineData("int8-weights", ElementType.Int8)]
    [InlineData("fp16-weights", ElementType.Float16)]
    public void WeightsInABranchAreStoredSmall(string precision, ElementType stored)
    {
        var model = WithBranches();
        var samples = Samples(model, taken: true);

        using var compiled = model.Clone();
        Precisions.Find(precision)!.Apply(compiled, new PrecisionInputs(X64, new SampleCalibration(samples)), new PassContext());

        var branch = compiled.Graph.Nodes.Single(node => node.OpType == "If").Subgraphs.First();
        branch.Initializers.Max(value => value.Initializer!.Count).ShouldBe(branch.Initializers.Where(value => value.Initializer!.Type == stored).Max(value => value.Initializer!.Count));
        ModelOutputs.SqnrDb(model, compiled, [.. samples.Select(sample => sample.Inputs)]).ShouldBeGreaterThan(25);
    }

    /// <summary>x → Conv → If(flag) { Conv } else { Neg } → Conv → scores.</summary>
    private static Model WithBranches()
    {
        var builder = new GraphBuilder(13);
        var flag = builder.Input("flag", ElementType.Bool);
        var first = Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 8);
        var chosen = builder.Node("If", [flag], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["then_branch"] = builder.Nested("yes", branch => branch.Output(Conv(branch, first, 2, 8, 8))),
            ["else_branch"] = builder.Nested("no", branch => branch.Output(branch.Node("Neg", [first]))),
        });
        return builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, chosen, 3, 8, 8)]));
    }

    private static IReadOnlyList<Sample> Samples(Model model, bool taken) =>
    [
        .. Enumerable.Range(0, 8).Select(i => new Sample($"noise {i}", new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["x"] = Weights(i, 1, 3, 8, 8),
            [model.Graph.Inputs[0].Name] = Tensor.Scalar(taken),
        })),
    ];
}
