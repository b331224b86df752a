using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class WeightQuantizationTests
{
    private static readonly QuantizationParameters Input = QuantizationParameters.Covering(new ValueRange(0, 2.55), IntegerFormat.UInt8);

    [Fact]
    public void TheBiasTakesBackTheMeanErrorOfRounding()
    {
        // One output channel, weights 1.27 and 0.004 with scale 0.01: the second becomes 0. Its input is 2 on average: the output misses 0.008.
        var builder = new GraphBuilder(13);
        var weighted = PointwiseConv(builder, Tensor.Of([1.27f, 0.004f], 1, 2, 1, 1), Tensor.Vector(0.5f));
        var inputs = Watched(weighted, Sample("x", [1, 1, 3, 1], 1, 2, 1, 2));

        var corrected = WeightQuantization.Quantize(weighted, Input, null, Wide(AccuracyStep.CorrectBias), inputs);
        var plain = WeightQuantization.Quantize(weighted, Input, null, Wide(), inputs);

        corrected.Weight.Integers.ShouldBe([127, 0]);
        corrected.Bias.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(0.508f, 1e-5f);
        plain.Bias.ShouldBe([0.5f]);
    }

    [Fact]
    public void ALayerWithoutBiasGetsOne()
    {
        var builder = new GraphBuilder(13);
        var weighted = PointwiseConv(builder, Tensor.Of([1.27f, 0.004f], 1, 2, 1, 1), null);

        var layer = WeightQuantization.Quantize(weighted, Input, null, Wide(AccuracyStep.CorrectBias), Watched(weighted, Sample("x", [1, 1, 3, 1], 1, 2, 1, 2)));

        layer.Bias.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(0.008f, 1e-5f);
    }

    [Fact]
    public void EveryStepMakesASmallModelMoreAccurate()
    {
        var model = SmoothModel();
        Sample[] samples = [.. Enumerable.Range(0, 16).Select(SmoothSample)];
        var unseen = Enumerable.Range(100, 4).Select(seed => SmoothSample(seed).Inputs).ToArray();

        var none = SqnrDb(Compile(model, samples));
        var fed = SqnrDb(Compile(model, samples, AccuracyStep.ErrorFeedback));
        var both = SqnrDb(Compile(model, samples, AccuracyStep.ErrorFeedback, AccuracyStep.CorrectBias));

        fed.ShouldBeGreaterThan(none + 1);
        both.ShouldBeGreaterThan(fed);
        SqnrDb(Compile(model, samples, Enum.GetValues<AccuracyStep>())).ShouldBeGreaterThan(none + 1);

        double SqnrDb(Model compiled) => ModelOutputs.SqnrDb(model, compiled, unseen);
    }

    [Fact]
    public void TheSameSamplesGiveTheSameBytes()
    {
        Sample[] samples = [.. Enumerable.Range(0, 4).Select(SmoothSample)];

        OnnxWriter.ToBytes(Compile(SmoothModel(), samples, Enum.GetValues<AccuracyStep>()))
            .ShouldBe(OnnxWriter.ToBytes(Compile(SmoothModel(), samples, Enum.GetValues<AccuracyStep>())));
    }

    [Fact]
    public void AProfileCanLeaveOutSteps()
    {
        var host = HardwareProfiles.Read("linux-x64");

        QuantizationScheme.Of(host).Ladder.ShouldBe([AccuracyStep.EqualizeChannels, AccuracyStep.SmoothActivations, AccuracyStep.ErrorFeedback, AccuracyStep.CorrectBias]);
        QuantizationScheme.Of(host with { Quantization = host.Quantization with { Ladder = [AccuracyStep.CorrectBias] } }).Ladder.ShouldBe([AccuracyStep.CorrectBias]);
    }

    private static QuantizationScheme Wide(params AccuracyStep[] ladder) => X64 with { WeightsWhereSumsSaturate = null, Ladder = ladder };

    private static WeightedNode PointwiseConv(GraphBuilder builder, Tensor weight, Tensor? bias)
    {
        var x = builder.Input("x", ElementType.Float32, 1, weight.Dims[1], 1, 2);
        var (w, b) = (builder.Initializer("w", weight), bias is null ? null : builder.Initializer("b", bias));
        var y = builder.Node("Conv", b is null ? [x, w] : [x, w, b]);
        builder.WithOutput(y);
        return WeightedNode.Of(y.Producer!);
    }

    private static LayerInputs Watched(WeightedNode weighted, Sample sample)
    {
        var layer = SummedWeight.Of(new Use(weighted.Node, 1))!;
        var calibration = new SampleCalibration([sample]);
        var inputs = LayerInputs.For([layer], X64 with { Ladder = [AccuracyStep.CorrectBias] }, calibration);
        foreach (var observer in inputs.ObserversOf(weighted.Node.Inputs[0]!))
            observer.Observe(sample.Inputs["x"]);
        return inputs;
    }

    private static Model Compile(Model model, IReadOnlyList<Sample> samples, params AccuracyStep[] ladder)
    {
        var compiled = model.Clone();
        var inputs = new PrecisionInputs(X64 with { Ladder = ladder }, new SampleCalibration(samples));
        Precisions.Find("int8")!.Apply(compiled, inputs, new PassContext());
        return compiled;
    }

    private static Model SmoothModel()
    {
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [Conv(builder, builder.Input("x", ElementType.Float32, 1, 16, 12, 12), 1, 16, 32)]);
        var second = builder.Node("Relu", [Conv(builder, first, 2, 32, 16)]);
        return builder.WithOutput(builder.Node("GlobalAveragePool", [Conv(builder, second, 3, 16, 8)]));
    }

    private static Sample SmoothSample(int seed) => Sample("x", SmoothNoise.Values(seed, 16, 12), 1, 16, 12, 12);

    private static Sample Sample(string name, float[] values, params long[] dims) =>
        new(name, new Dictionary<string, Tensor>(StringComparer.Ordinal) { [name] = Tensor.Of(values, dims) });
}
