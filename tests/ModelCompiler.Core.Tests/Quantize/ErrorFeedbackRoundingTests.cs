using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class ErrorFeedbackRoundingTests
{
    private static readonly IntegerFormat Format = IntegerFormat.Symmetric(8);

    [Fact]
    public void LetsTheSecondWeightMakeUpForTheFirst()
    {
        // Both inputs are always equal, so that only the sum 0.8 counts. To nearest: 0 + 0. With feedback the second weight takes over what the first
        // lost, 0.4 + 0.4·1/1.01 = 0.796 (the diagonal of H is 1.01): 0 + 1.
        var gram = new GramMatrix(2, [1, 1], [[1, 1, 1, 1]]);

        Round(gram, Tensor.Of([0.4f, 0.4f], 1, 2), 0, 1).ShouldBe([0, 1]);
    }

    [Fact]
    public void GoesOnWithWhatIsLeftOver()
    {
        // Three equal inputs: 0.4 → 0; 0.4 + 0.4/2.01·1 = 0.599 → 1; the third makes up for both: 0.4 + 0.199 − 0.401/1.01 ≈ 0.2 → 0. The sum was 1.2.
        var gram = new GramMatrix(3, [1, 1, 1], [[1, 1, 1, 1, 1, 1, 1, 1, 1]]);

        Round(gram, Tensor.Of([0.4f, 0.4f, 0.4f], 1, 3), 0, 1).ShouldBe([0, 1, 0]);
    }

    [Fact]
    public void ReadsTheColumnsOfAMatrixWhereTheyAreTheChannels()
    {
        var gram = new GramMatrix(2, [1, 1], [[1, 1, 1, 1]]);

        Round(gram, Tensor.Of([0.4f, 3, 0.4f, 5], 2, 2), axis: 1, 1, 1).ShouldBe([0, 3, 1, 5]);
    }

    [Fact]
    public void RoundsToNearestWhereInputsAreIndependent()
    {
        var gram = new GramMatrix(3, [0, 0, 0], [[1, 0, 0, 0, 5, 0, 0, 0, 2]]);

        Round(gram, Tensor.Of([0.4f, 1.6f, -2.4f], 1, 3), 0, 1).ShouldBe([0, 2, -2]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, -5)]
    public void RoundsToNearestWhereTheMatrixSaysNothing(double diagonal, double other)
    {
        var gram = new GramMatrix(2, [0, 0], [[diagonal, other, other, diagonal]]);

        Round(gram, Tensor.Of([0.4f, 0.4f], 1, 2), 0, 1).ShouldBe([0, 0]);
    }

    [Fact]
    public void KeepsToTheIntegersOfTheFormat()
    {
        var gram = new GramMatrix(2, [1, 1], [[1, 1, 1, 1]]);

        Round(gram, Tensor.Of([126.6f, 127f], 1, 2), 0, 1).ShouldBe([127, 127]);
        Round(gram, Tensor.Of([500f, 100f], 1, 2), 0, 1).ShouldAllBe(integer => integer <= 127);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void NeverMakesAnOutputWorseAndThemAllBetterTogether(int groups)
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 8, 10, 10);
        var weight = Weights(groups, 8, 8 / groups, 3, 3);
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["group"] = (long)groups };
        var layer = InputGramTests.LayerOf(builder.WithOutput(builder.Node("Conv", [x, builder.Initializer("w", weight)], attributes)));
        var observer = new InputGram(layer);
        for (var seed = 0; seed < 4; seed++)
            observer.Observe(SmoothNoise.Of(seed, 8, 10));
        var gram = observer.Result!;

        var layout = ChannelLayout.Of(weight.Dims, 0);
        var scales = WeightScales.Covering(weight, layout, IntegerFormat.Symmetric(4));
        var nearest = SquareErrors(gram, weight, layout, scales, new RoundToNearest());
        var fed = SquareErrors(gram, weight, layout, scales, new ErrorFeedbackRounding(gram));

        fed.Zip(nearest, (a, b) => a <= b).ShouldAllBe(notWorse => notWorse);
        fed.Sum().ShouldBeLessThan(nearest.Sum() * 0.7);
    }

    [Fact]
    public void MakesASmallModelMoreAccurateWithTypicalSamplesOnly()
    {
        var model = SmoothInputModel();
        Sample[] samples = [.. Enumerable.Range(0, 8).Select(SmoothSample)];

        var (typical, madeUp) = (Compile(model, samples, isTypical: true), Compile(model, samples, isTypical: false));

        var unseen = Enumerable.Range(100, 4).Select(seed => SmoothSample(seed).Inputs).ToArray();
        ModelOutputs.SqnrDb(model, typical, unseen).ShouldBeGreaterThan(ModelOutputs.SqnrDb(model, madeUp, unseen) + 3);
        OnnxWriter.ToBytes(Compile(model, samples, isTypical: true)).ShouldBe(OnnxWriter.ToBytes(typical));
    }

    [Fact]
    public void LeavesLayersAloneWhoseMatrixWouldBeTooLarge()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 1200);
        var model = builder.WithOutput(builder.Node("MatMul", [x, builder.Initializer("w", Weights(1, 1200, 8))]));
        Sample[] samples = [.. Samples(model)];

        OnnxWriter.ToBytes(Compile(model, samples, isTypical: true)).ShouldBe(OnnxWriter.ToBytes(Compile(model, samples, isTypical: false)));
    }

    private static int[] Round(GramMatrix gram, Tensor weight, int axis, params float[] scales) =>
        [.. new ErrorFeedbackRounding(gram).Round(weight, ChannelLayout.Of(weight.Dims, axis), scales, Format).Select(integer => (int)integer)];

    private static double[] SquareErrors(GramMatrix gram, Tensor weight, ChannelLayout layout, float[] scales, IWeightRounding rounding)
    {
        var rounded = new QuantizedWeight(weight, layout, rounding.Round(weight, layout, scales, IntegerFormat.Symmetric(4)), scales).ToFloats();
        var error = rounded.Zip(weight.ToFloats(), (a, b) => (double)a - b).ToArray();
        return [.. Enumerable.Range(0, layout.Channels).Select(channel =>
            gram.SquareOf(error.AsSpan(channel * layout.Inner, layout.Inner), channel * gram.Products.Length / layout.Channels))];
    }

    private static Model Compile(Model model, IReadOnlyList<Sample> samples, bool isTypical)
    {
        var compiled = model.Clone();
        PassRunner.Run(compiled, [new StoreWeightsAsInt8(new SampleCalibration(samples) { IsTypical = isTypical })], new PassContext());
        return compiled;
    }

    private static Model SmoothInputModel()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 16, 12, 12), 1, 16, 32)]);
        return builder.WithOutput(Conv(builder, first, 2, 32, 16));
    }

    private static Sample SmoothSample(int seed) =>
        new($"smooth {seed}", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = SmoothNoise.Of(seed, 16, 12) });
}
