using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

/// <summary>Graphs that quantizers trip over, in every precision: each loads, and answers as the original does.</summary>
public sealed class UnusualGraphTests
{
    private static readonly (string Name, double LeastDb)[] Rounding =
        [("fp16", 50), ("fp16-weights", 50), ("int8", 30), ("int8-dynamic", 30), ("int8-weights", 35), ("int4-weights", 15)];

    private static readonly Dictionary<string, Func<Model>> Graphs = new(StringComparer.Ordinal)
    {
        ["one weight and one bias for two layers of other input scales"] = SharedWeightAndBias,
        ["a weight that is an output of the model"] = WeightThatIsAnOutput,
        ["a weight that callers may override"] = WeightThatCallersMayOverride,
        ["an empty weight"] = EmptyWeight,
        ["a Concat with a constant of no channels"] = ConcatWithNothing,
        ["a Concat with activations of no channels"] = ConcatWithAnEmptySlice,
        ["an operator of another domain in the middle"] = OperatorOfAnotherDomain,
    };

    public static TheoryData<string, string, double> All
    {
        get
        {
            var rows = new TheoryData<string, string, double>();
            foreach (var graph in Graphs.Keys)
            {
                foreach (var (precision, leastDb) in Rounding)
                    rows.Add(graph, precision, leastDb);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LoadAndAnswerAsBefore(string graph, string precision, double leastDb)
    {
        using var model = Graphs[graph]();

        using var compiled = Compile(model, precision).Model;

        OrtModel.Load(compiled).Dispose();
        SqnrDb(model, compiled).ShouldBeGreaterThan(leastDb);
    }

    [Theory]
    [InlineData("fp16")]
    [InlineData("fp16-weights")]
    [InlineData("int8")]
    [InlineData("int8-dynamic")]
    [InlineData("int8-weights")]
    [InlineData("int4-weights")]
    public void AnOutputThatIsAWeightKeepsItsNumbers(string precision)
    {
        using var model = WeightThatIsAnOutput();
        using var compiled = Compile(model, precision).Model;
        using var running = OrtModel.Load(compiled);

        var weight = running.Run(ModelOutputs.NoiseFor(model), ["weight"])["weight"].ToFloats();

        weight.Zip(Weights(1, 256, 256).ToFloats(), (after, before) => Math.Abs(after - before)).Max().ShouldBeLessThanOrEqualTo(precision == "fp16" ? 1e-3f : 0);
    }

    [Theory]
    [InlineData("fp16-weights")]
    [InlineData("int8")]
    [InlineData("int8-dynamic")]
    [InlineData("int8-weights")]
    [InlineData("int4-weights")]
    public void WhatACallerOverridesIsWhatCounts(string precision)
    {
        using var model = WeightThatCallersMayOverride();
        using var compiled = Compile(model, precision).Model;
        var inputs = ModelOutputs.NoiseFor(model);
        inputs["weight"] = Weights(9, 256, 256);

        ModelOutputs.SqnrDb(model, compiled, inputs).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void LayersAroundAnOperatorOfAnotherDomainBecomeInteger()
    {
        using var model = OperatorOfAnotherDomain();

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        compiled.Graph.Nodes.ShouldContain(node => node.OpType == "Gelu" && node.Domain == "com.microsoft");
        compiled.Graph.Nodes.Where(node => node.Is("Conv")).Select(node => node.Inputs[1]!.Producer!.OpType).ShouldBe(["DequantizeLinear", "DequantizeLinear"]);
        summary!.Kept.ShouldAllBe(kept => !kept.Node.Contains("Conv"));
    }

    private static Model SharedWeightAndBias()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 256);
        var (weight, bias) = (builder.Initializer("weight", Weights(1, 256, 256)), builder.Initializer("bias", Weights(2, 256)));
        var first = builder.Node("Relu", [builder.Node("Gemm", [x, weight, bias])]); // about ten times as large as x
        var second = builder.Node("Relu", [builder.Node("Gemm", [first, weight, bias])]);
        return builder.WithOutput(builder.Node("Gemm", [second, builder.Initializer("last", Weights(3, 256, 256)), bias]));
    }

    private static Model WeightThatIsAnOutput()
    {
        var (builder, y) = TwoProducts((builder, weights) => builder.Initializer("weight", weights), out var weight);
        return builder.Output(y, "y", new TensorType(ElementType.Float32, Shape.Of(1, 256))).Output(weight).Model;
    }

    private static Model WeightThatCallersMayOverride()
    {
        var (builder, y) = TwoProducts((builder, weights) => builder.ListedInitializer("weight", weights), out _);
        return builder.WithOutput(y);
    }

    private static (GraphBuilder Builder, Value Y) TwoProducts(Func<GraphBuilder, Tensor, Value> add, out Value weight)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 256);
        weight = add(builder, Weights(1, 256, 256));
        var first = builder.Node("Relu", [builder.Node("MatMul", [x, weight])]);
        return (builder, builder.Node("MatMul", [first, builder.Initializer("other", Weights(2, 256, 256))]));
    }

    private static Model EmptyWeight()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 256);
        var nothing = builder.Node("MatMul", [x, builder.Initializer("empty", Tensor.Of(Array.Empty<float>(), 256, 0))]);
        var product = builder.Node("MatMul", [x, builder.Initializer("weight", Weights(1, 256, 256))]);
        var both = builder.Node("Relu", [builder.Node("Concat", [product, nothing], OnAxis(1))]);
        return builder.WithOutput(builder.Node("MatMul", [both, builder.Initializer("last", Weights(2, 256, 256))]));
    }

    private static Model ConcatWithNothing() =>
        BetweenConvolutions((builder, features) => builder.Node("Concat", [features, builder.Initializer("nothing", Tensor.Of(Array.Empty<float>(), 1, 0, 6, 6))], OnAxis(1)));

    private static Model ConcatWithAnEmptySlice() => BetweenConvolutions((builder, features) =>
    {
        var (zero, axis) = (builder.Initializer("zero", Tensor.Vector(0L)), builder.Initializer("axis", Tensor.Vector(1L)));
        return builder.Node("Concat", [features, builder.Node("Slice", [features, zero, zero, axis])], OnAxis(1));
    });

    private static Model OperatorOfAnotherDomain() => BetweenConvolutions((builder, features) => builder.Opset("com.microsoft", 1).Node("Gelu", [features], domain: "com.microsoft"));

    /// <summary>x → Conv → … → Conv → Relu → the mean of all positions → MatMul → y.</summary>
    private static Model BetweenConvolutions(Func<GraphBuilder, Value, Value> between)
    {
        var builder = new GraphBuilder(13);
        var features = Conv(builder, builder.Input("x", ElementType.Float32, 1, 8, 6, 6), 1, 8, 16);
        var second = builder.Node("Relu", [Conv(builder, between(builder, features), 2, 16, 256)]);
        var means = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [second])]);
        return builder.WithOutput(builder.Node("MatMul", [means, builder.Initializer("last", Weights(3, 256, 256))]));
    }

    private static Dictionary<string, AttributeValue> OnAxis(long axis) => new(StringComparer.Ordinal) { ["axis"] = axis };
}
