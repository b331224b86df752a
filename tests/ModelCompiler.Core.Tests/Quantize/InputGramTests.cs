using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

/// <summary>The mean square of what a layer computes is wᵀ·E[x·xᵀ]·w: ONNX Runtime knows the one, the Gram matrix the other.</summary>
public sealed class InputGramTests
{
    [Theory]
    [InlineData(1, "pads:1,1,1,1")]
    [InlineData(1, "strides:2,1 pads:0,1,2,0")]
    [InlineData(1, "dilations:2,3 pads:2,3,2,3")]
    [InlineData(1, "strides:2,3", "SAME_UPPER")]
    [InlineData(1, "strides:3,2", "SAME_LOWER")]
    [InlineData(1, "strides:2,2", "VALID")]
    [InlineData(2, "strides:2,2 pads:1,1,1,1")]
    [InlineData(4, "dilations:1,2 pads:1,1,0,2")]
    public void ExplainsWhatAConvolutionComputes(int groups, string lists, string autoPad = "NOTSET")
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["group"] = (long)groups, ["auto_pad"] = autoPad };
        foreach (var list in lists.Split(' '))
            attributes[list.Split(':')[0]] = Array.ConvertAll(list.Split(':')[1].Split(','), long.Parse);
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 4, 9, 8);

        ShouldExplain(builder.WithOutput(builder.Node("Conv", [x, builder.Initializer("w", Weights(1, 8, 4 / groups, 3, 2))], attributes)));
    }

    [Fact]
    public void ExplainsWhatAConvolutionOverTimeComputes()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 3, 40);

        ShouldExplain(builder.WithOutput(builder.Node("Conv", [x, builder.Initializer("w", Weights(1, 5, 3, 4))])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void ExplainsWhatAGemmComputes(long transB)
    {
        var builder = new GraphBuilder(13);
        var weight = builder.Initializer("w", transB == 0 ? Weights(1, 6, 5) : Weights(1, 5, 6));
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transB"] = transB };

        ShouldExplain(builder.WithOutput(builder.Node("Gemm", [builder.Input("x", ElementType.Float32, 7, 6), weight], attributes)));
    }

    [Fact]
    public void ExplainsWhatAMatMulOverSequencesComputes()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 3, 6);

        ShouldExplain(builder.WithOutput(builder.Node("MatMul", [x, builder.Initializer("w", Weights(1, 6, 5))])));
    }

    [Fact]
    public void TakesPositionsFromAllOverALargeInput()
    {
        // Row r and column c hold r + c: the mean over all is 63, over a single row or column anything from 31.5 to 94.5.
        var gram = new InputGram(LayerOf(PointwiseModel()));
        var values = Enumerable.Range(0, 64 * 64).Select(i => (float)((i / 64) + (i % 64))).ToArray();

        gram.Observe(Tensor.Of(values, 1, 1, 64, 64));

        gram.Result!.Means[0].ShouldBe(63, 1.5);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void IsNotKnownWhereAnInputIsNotFinite(float value)
    {
        var gram = new InputGram(LayerOf(PointwiseModel()));

        gram.Observe(Tensor.Of([1, 2, value, 4], 1, 1, 2, 2));

        gram.Result.ShouldBeNull();
    }

    [Fact]
    public void IsNotKnownWithoutSamplesOrForInputsThatDoNotFit()
    {
        var gram = new InputGram(LayerOf(PointwiseModel()));
        gram.Result.ShouldBeNull();
        gram.Observe(Tensor.Of<float>([], 0, 1, 2, 2));
        gram.Result.ShouldBeNull();

        gram.Observe(Tensor.Of([1f, 2, 3, 4], 1, 4, 1, 1));

        gram.Result.ShouldBeNull();
    }

    [Fact]
    public void LosesTheMeansWhenItIsCentred()
    {
        var gram = new InputGram(LayerOf(PointwiseModel()));
        gram.Observe(Tensor.Of([1f, 2, 3, 6], 1, 1, 2, 2));

        gram.Result!.Means.ShouldBe([3]);
        gram.Result.Products[0].ShouldBe([12.5]);
        gram.Result.Centred().Products[0].ShouldBe([3.5]);
    }

    internal static SummedWeight LayerOf(Model model) => SummedWeight.Of(new Use(model.Graph.Nodes.Single(), 1))!;

    private static Model PointwiseModel()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 1, 2, 2);
        return builder.WithOutput(builder.Node("Conv", [x, builder.Initializer("w", Weights(1, 1, 1, 1, 1))]));
    }

    private static void ShouldExplain(Model model)
    {
        var layer = LayerOf(model);
        var sample = ModelOutputs.NoiseFor(model);
        var observer = new InputGram(layer);
        observer.Observe(sample["x"]);
        var gram = observer.Result!;
        using var running = OrtModel.Load(OnnxWriter.ToBytes(model));
        var output = running.Run(sample).Values.Single();

        var axis = layer.Node.Is("Conv") ? 1 : output.Rank - 1;
        var outputs = ChannelLayout.Of(output.Dims, axis);
        for (var channel = 0; channel < layer.Outputs; channel++)
        {
            var computed = ChannelValues(output, outputs, channel).Select(value => (double)value * value).Average();
            var weights = WeightsOf(layer, channel);
            gram.SquareOf(weights, channel * observer.Groups / layer.Outputs).ShouldBe(computed, 1e-5 * computed);
        }
    }

    private static double[] WeightsOf(SummedWeight layer, int channel) =>
        [.. layer.Weight.ToFloats().Where((_, i) => layer.ChannelsOf(i).Output == channel).Select(weight => (double)weight)];

    private static IEnumerable<float> ChannelValues(Tensor tensor, ChannelLayout layout, int channel) =>
        tensor.ToFloats().Where((_, i) => i / layout.Inner % layout.Channels == channel);
}
