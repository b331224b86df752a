using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

/// <summary>Number formats that a profile may ask for, with what ONNX Runtime computes of them.</summary>
public sealed class NumberFormatsTests
{
    private static readonly QuantizationScheme Qdq = X64WithQdq with { WeightsWhereSumsSaturate = null };

    private static readonly QuantizationScheme Qnn = QuantizationScheme.Of(HardwareProfiles.Read("qnn-arm64"));

    private static readonly QuantizationScheme TensorRt = QuantizationScheme.Of(HardwareProfiles.Read("tensorrt-x64"));

    [Fact]
    public void SixteenBitsOfActivationsLeaveOnlyTheNoiseOfWeights()
    {
        var model = Classifier();

        var bytes = Compile(model, "int8", Qdq).Model;
        var words = Compile(model, "int8", Qdq with { Activations = IntegerFormat.UInt16 }).Model;

        SqnrDb(model, words).ShouldBeGreaterThan(SqnrDb(model, bytes) + 3);
        words.Graph.NodesOf("QuantizeLinear").ShouldAllBe(node => node.Inputs[2]!.Constant!.Type == ElementType.UInt16);
    }

    /// <summary>Nothing but rounding of activations: weights that 8 bits hold exactly.</summary>
    [Fact]
    public void SixteenBitsAreMoreThanFortyDbFinerThanEight()
    {
        var model = OfExactWeights();

        var bytes = SqnrDb(model, Compile(model, "int8", Qdq with { Ladder = [], Ranges = RangeMethod.MinMax }).Model);
        var words = SqnrDb(model, Compile(model, "int8", Qdq with { Ladder = [], Ranges = RangeMethod.MinMax, Activations = IntegerFormat.UInt16 }).Model);

        words.ShouldBeGreaterThan(bytes + 40); // 48 dB for 8 bits more
    }

    [Fact]
    public void SixteenBitsNeedOperatorSet21()
    {
        var model = Classifier(opset: 8);

        var compiled = Compile(model, "int8", Qnn).Model;

        compiled.Opset.ShouldBe(21);
        compiled.IrVersion.ShouldBeGreaterThanOrEqualTo(10);
        SqnrDb(model, compiled).ShouldBeGreaterThan(25);
    }

    [Fact]
    public void BiasesAreInStepsOfInputTimesWeight()
    {
        var compiled = Compile(Classifier(), "int8", Qnn).Model;

        foreach (var conv in compiled.Graph.NodesOf("Conv"))
        {
            var (input, weight, bias) = (conv.Inputs[0]!.Producer!, conv.Inputs[1]!.Producer!, conv.Inputs[2]!.Producer!);
            bias.Inputs[0]!.Constant!.Type.ShouldBe(ElementType.Int32);
            var step = input.Inputs[1]!.Constant!.ToFloats()[0];
            bias.Inputs[1]!.Constant!.ToFloats().ShouldBe(Array.ConvertAll(weight.Inputs[1]!.Constant!.ToFloats(), scale => scale * step));
        }
    }

    [Fact]
    public void AMinimumRangeHoldsForActivationsAndWeights()
    {
        var builder = new GraphBuilder(13);
        var tiny = builder.Node("Mul", [builder.Input("x", ElementType.Float32, 1, 3, 8, 8), builder.Initializer("k", Tensor.Scalar(1e-7f))]);
        var weight = Array.ConvertAll(Weights(1, 4, 3, 3, 3).ToFloats(), value => value * 1e-6f);
        var model = builder.WithOutput(builder.Node("Conv", [tiny, builder.Initializer("w", Tensor.Of(weight, 4, 3, 3, 3))]));

        var compiled = Compile(model, "int8", Qnn).Model;

        compiled.Graph.NodesOf("QuantizeLinear").ShouldAllBe(node => node.Inputs[1]!.Constant!.ToFloats()[0] >= 1e-4f / 65535);
        compiled.Graph.NodesOf("Conv").Single().Inputs[1]!.Producer!.Inputs[1]!.Constant!.ToFloats().ShouldAllBe(scale => scale >= 0.5e-4f / 127);
    }

    [Fact]
    public void SymmetricActivationsHaveTheZeroPoint0AndKeepTheirRelu()
    {
        var model = Classifier();

        var compiled = Compile(model, "int8", TensorRt).Model;

        var quantizers = compiled.Graph.NodesOf("QuantizeLinear").ToArray();
        quantizers.ShouldNotBeEmpty();
        quantizers.ShouldAllBe(node => node.Inputs[2]!.Constant!.Type == ElementType.Int8 && node.Inputs[2]!.Constant!.ToFloats().Single() == 0);
        compiled.Graph.NodesOf("Relu").Count().ShouldBe(2, "integers that reach below 0 do not do its work");
        compiled.Graph.NodesOf("Relu").ShouldAllBe(relu => relu.Output.Consumers.Any(reader => reader.OpType == "QuantizeLinear"));
        SqnrDb(model, compiled).ShouldBeGreaterThan(22);
    }

    [Fact]
    public void BiasesStayFloatWhereTheProviderReadsNoInt32()
    {
        var model = Classifier();

        var compiled = Compile(model, "int8", TensorRt).Model;

        compiled.Graph.NodesOf("Conv").ShouldAllBe(node => node.Inputs[1]!.Producer!.OpType == "DequantizeLinear" && node.Inputs[2]!.Constant!.Type == ElementType.Float32);
    }

    [Fact]
    public void UnsignedWeightsAreTheSameMovedUpBy128()
    {
        var model = Classifier();

        var signed = Compile(model, "int8", Qdq).Model;
        var unsigned = Compile(model, "int8", Qdq with { WeightType = ElementType.UInt8 }).Model;

        foreach (var (one, other) in signed.Graph.NodesOf("Conv").Zip(unsigned.Graph.NodesOf("Conv")))
        {
            var (integers, moved) = (one.Inputs[1]!.Producer!.Inputs, other.Inputs[1]!.Producer!.Inputs);
            moved[0]!.Constant!.Span<byte>().ToArray().ShouldBe(Array.ConvertAll(integers[0]!.Constant!.Span<sbyte>().ToArray(), value => (byte)(value + 128)));
            moved[2]!.Constant!.Span<byte>().ToArray().ShouldAllBe(zeroPoint => zeroPoint == 128);
        }

        SqnrDb(signed, unsigned).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void OperatorsOfTheProfileHaveOneScaleForAWeight()
    {
        var compiled = Compile(Classifier(), "int8", Qnn).Model;

        compiled.Graph.NodesOf("Conv").ShouldAllBe(node => node.Inputs[1]!.Producer!.Inputs[1]!.Constant!.Count == 16);
        compiled.Graph.NodesOf("Gemm").ShouldAllBe(node => node.Inputs[1]!.Producer!.Inputs[1]!.Constant!.Count == 1);
    }

    /// <summary>Two 1×1 convolutions whose weights are ±127, 0 and ±1 steps of 1/64.</summary>
    private static Model OfExactWeights()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Conv", [builder.Input("x", ElementType.Float32, 1, 3, 12, 12), builder.Initializer("w", Exact(1, 8, 3))]);
        return builder.WithOutput(builder.Node("GlobalAveragePool", [builder.Node("Conv", [first, builder.Initializer("v", Exact(2, 8, 8))])]));
    }

    private static Tensor Exact(int seed, int outputs, int inputs)
    {
        var random = new Random(seed);
        var values = new float[outputs * inputs];
        for (var i = 0; i < values.Length; i++)
            values[i] = (i % inputs == 0 ? 127 : random.Next(-127, 128)) / 64f;
        return Tensor.Of(values, outputs, inputs, 1, 1);
    }
}
