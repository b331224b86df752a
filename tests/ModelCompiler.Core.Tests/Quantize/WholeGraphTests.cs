using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

/// <summary>Devices without float beside their integers: everything that can be integer is.</summary>
public sealed class WholeGraphTests
{
    private static readonly QuantizationScheme Qnn = QuantizationScheme.Of(HardwareProfiles.Read("qnn-arm64"));

    /// <summary>Each operator of its own inputs, in a network of one convolution before and one after it.</summary>
    public static TheoryData<string> Operators =>
    [
        "Abs", "Add", "AveragePool", "Clip", "Concat", "Div", "Elu", "Exp", "Gelu", "HardSigmoid", "HardSwish", "InstanceNormalization", "LayerNormalization",
        "LeakyRelu", "LogSoftmax", "Max", "Min", "Mul", "Neg", "PRelu", "ReduceMean", "Relu", "Resize", "Sigmoid", "Softmax", "Sub", "Tanh",
        "Flatten", "MaxPool", "Reshape", "Slice", "Transpose",
    ];

    [Theory]
    [MemberData(nameof(Operators))]
    public void AnOperatorOfTheProfileStandsBetweenIntegers(string operation)
    {
        var model = Around(operation);

        var (compiled, summary, _) = Compile(model, "int8", Qnn);

        summary!.Kept.ShouldBeEmpty();
        var node = compiled.Graph.NodesOf(operation).Last();
        IntegerOperators.DataInputs(node).ShouldAllBe(index => node.Inputs[index]!.Producer!.OpType == "DequantizeLinear");
        node.Output.Consumers.Select(reader => reader.OpType).ShouldBe(["QuantizeLinear"]);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void TheSameOperatorsStayInFloatOnACpu()
    {
        var builder = new GraphBuilder(13);
        var body = builder.Node("Tanh", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 4)]);
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, builder.Node("Sub", [body, builder.Initializer("m", Weights(3, 4, 1, 1))]), 2, 4, 4)]));

        var (compiled, summary, _) = Compile(model, "int8", X64WithQdq);

        summary!.Eligible.ShouldBe(3, "two convolutions and the average");
        compiled.Graph.NodesOf("Sub").Single().Inputs[0]!.Producer!.OpType.ShouldBe("Tanh", "nothing is rounded between the two");
    }

    [Fact]
    public void InputsTailsAndDenseHeadsAreInteger()
    {
        var builder = new GraphBuilder(13);
        var scaled = builder.Node("Sub", [builder.Input("x", ElementType.Float32, 1, 3, 8, 8), builder.Initializer("m", Weights(9, 3, 1, 1))]);
        var head = Conv(builder, builder.Node("Relu", [Conv(builder, builder.Node("Transpose", [scaled], Permutation(0, 1, 3, 2)), 1, 3, 8)]), 2, 8, 8);
        var model = builder.WithOutput(builder.Node("Sigmoid", [head]));

        var (compiled, summary, _) = Compile(model, "int8", Qnn);

        summary!.Kept.ShouldBeEmpty();
        summary.Integer.ShouldBe(4); // Sub, two Conv, Sigmoid; the Relu is gone
        compiled.Graph.Outputs.Single().Producer!.OpType.ShouldBe("DequantizeLinear");
        compiled.Graph.Inputs.Single().Consumers.Select(reader => reader.OpType).ShouldBe(["QuantizeLinear"]);
        compiled.Graph.NodesOf("Relu").ShouldBeEmpty();
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void ProductsOfTwoActivationsAreInteger()
    {
        var model = Attention();

        var (compiled, summary, _) = Compile(model, "int8", Qnn);

        summary!.Kept.ShouldBeEmpty();
        compiled.Graph.NodesOf("MatMul").ShouldAllBe(node => node.Inputs.All(input => input!.Producer!.OpType == "DequantizeLinear"));
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void ProductsOfTwoActivationsStayInFloatOnACpu() =>
        Compile(Attention(), "int8").Summary!.Kept.Count(kept => kept.Reason == "both of its operands are activations").ShouldBe(2);

    [Fact]
    public void WhatDoesNotComputeInFloatIsLeftAlone()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 8, 8);
        var shape = builder.Node("Add", [builder.Node("Shape", [x]), builder.Initializer("zero", Tensor.Vector<long>([0, 0, 0, 0]))]);
        var model = builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, builder.Node("Reshape", [x, shape]), 1, 3, 8)]));

        var (compiled, summary, _) = Compile(model, "int8", Qnn);

        summary!.Kept.Select(kept => kept.Reason).ShouldBe(["it does not compute in float32"]);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TransposedConvolutionsAreInteger(int groups)
    {
        var model = Upsampling(groups);

        var (compiled, summary, _) = Compile(model, "int8", Qnn);

        summary!.Kept.ShouldBeEmpty();
        var weight = compiled.Graph.NodesOf("ConvTranspose").Single().Inputs[1]!.Producer!;
        weight.OpType.ShouldBe("DequantizeLinear");
        weight.Inputs[1]!.Constant!.Count.ShouldBe(groups == 1 ? 6 : 1);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void XnnpackHoldsOnlyItsOperators()
    {
        var scheme = QuantizationScheme.Of(HardwareProfiles.Read("xnnpack-arm64"));
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 8)]);
        var pooled = builder.Node("MaxPool", [first], Window(2));
        var sum = builder.Node("Add", [pooled, Conv(builder, pooled, 2, 8, 8)]);
        var up = builder.Node("ConvTranspose", [sum, builder.Initializer("u", Weights(3, 8, 6, 2, 2))], Window(2));
        var flat = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [Conv(builder, up, 4, 6, 8)])]);
        var model = builder.WithOutput(builder.Node("Gemm", [flat, builder.Initializer("g", Weights(5, 8, 10))]));

        var (compiled, _, _) = Compile(model, "int8", scheme);

        var between = compiled.Graph.Nodes.Where(node => node.OpType != "QuantizeLinear" && node.Inputs[0]?.Producer?.OpType == "DequantizeLinear" && node.Output.Consumers.Any(reader => reader.OpType == "QuantizeLinear"));
        between.Select(node => node.OpType).Distinct().Order(StringComparer.Ordinal).ShouldBe(["Add", "Conv", "ConvTranspose", "MaxPool"]);
        compiled.Graph.NodesOf("Gemm").Single().Inputs[1]!.Producer.ShouldBeNull("it has no integers in XNNPACK");
        compiled.Graph.NodesOf("Conv").ShouldAllBe(node => node.Inputs[1]!.Producer!.Inputs[2]!.Constant!.ToFloats().All(zeroPoint => zeroPoint == 0));
        compiled.Graph.NodesOf("Conv").ShouldAllBe(node => node.Inputs[1]!.Producer!.Inputs[1]!.Constant!.Count == 8);
        compiled.Graph.NodesOf("ConvTranspose").Single().Inputs[1]!.Producer!.Inputs[1]!.Constant!.Count.ShouldBe(1, "XNNPACK takes one scale for its weight");
        compiled.Graph.NodesOf("QuantizeLinear").ShouldAllBe(node => node.Inputs[2]!.Constant!.Type == ElementType.Int8);
        compiled.Graph.Nodes.ShouldNotContain(node => node.Domain == "com.microsoft");
        SqnrDb(model, compiled).ShouldBeGreaterThan(22);
    }

    private static Model Attention()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 6, 16);
        var (query, key, value) = (Projected(builder, x, 1), Projected(builder, x, 2), Projected(builder, x, 3));
        var scores = builder.Node("Softmax", [builder.Node("MatMul", [query, builder.Node("Transpose", [key], Permutation(0, 2, 1))])]);
        return builder.WithOutput(Projected(builder, builder.Node("MatMul", [scores, value]), 4));
    }

    private static Value Projected(GraphBuilder builder, Value x, int seed) => builder.Node("MatMul", [x, builder.Initializer("w", Weights(seed, 16, 16))]);

    private static Model Upsampling(int groups)
    {
        var builder = new GraphBuilder(13);
        var features = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 8)]);
        var attributes = Window(2);
        attributes["group"] = (long)groups;
        var up = builder.Node("ConvTranspose", [features, builder.Initializer("u", Weights(2, 8, 6 / groups, 2, 2)), builder.Initializer("c", Weights(3, 6))], attributes);
        return builder.WithOutput(Conv(builder, builder.Node("Relu", [up]), 4, 6, 8));
    }

    private static Model Around(string operation)
    {
        var builder = new GraphBuilder(operation == "Gelu" ? 20 : 17);
        var x = Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 8, 8), 1, 3, 4);
        var y = operation switch
        {
            "Add" or "Concat" or "Max" or "Min" or "Mul" or "Sub" => builder.Node(operation, [x, Conv(builder, x, 2, 4, 4)], operation == "Concat" ? Axis(1) : null),
            "Div" => builder.Node("Div", [x, builder.Initializer("d", Tensor.Of([2f, 3, 4, 5], 4, 1, 1))]),
            "PRelu" => builder.Node("PRelu", [x, builder.Initializer("s", Tensor.Of([0.1f, 0.2f, 0.3f, 0.4f], 4, 1, 1))]),
            "AveragePool" or "MaxPool" => builder.Node(operation, [x], Window(2)),
            "Clip" => builder.Node("Clip", [builder.Node("Tanh", [x]), builder.Initializer("l", Tensor.Scalar(0.1f)), builder.Initializer("h", Tensor.Scalar(0.9f))]),
            "Relu" => builder.Node("Relu", [builder.Node("Transpose", [x], Permutation(0, 1, 3, 2))]),
            "InstanceNormalization" => builder.Node(operation, [x, builder.Initializer("g", Weights(5, 4)), builder.Initializer("b", Weights(6, 4))]),
            "LayerNormalization" => builder.Node(operation, [x, builder.Initializer("g", Weights(5, 8)), builder.Initializer("b", Weights(6, 8))]),
            "ReduceMean" => builder.Node(operation, [x], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axes"] = new long[] { 3 } }),
            "Resize" => builder.Node(operation, [x, null, builder.Initializer("k", Tensor.Of([1f, 1, 2, 2], 4))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["mode"] = "linear" }),
            "Reshape" => builder.Node(operation, [x, builder.Initializer("n", Tensor.Vector<long>([1, 8, 8, 4]))]),
            "Slice" => builder.Node(operation, [x, builder.Initializer("s", Tensor.Vector<long>([0])), builder.Initializer("e", Tensor.Vector<long>([2])), builder.Initializer("a", Tensor.Vector<long>([2]))]),
            "Transpose" => builder.Node(operation, [x], Permutation(0, 2, 3, 1)),
            _ => builder.Node(operation, [x]),
        };
        return builder.WithOutput(y);
    }

    private static Dictionary<string, AttributeValue> Axis(long axis) => new(StringComparer.Ordinal) { ["axis"] = axis };

    private static Dictionary<string, AttributeValue> Permutation(params long[] axes) => new(StringComparer.Ordinal) { ["perm"] = axes };

    private static Dictionary<string, AttributeValue> Window(long size) => new(StringComparer.Ordinal) { ["kernel_shape"] = new[] { size, size }, ["strides"] = new[] { size, size } };
}
