using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Equalize;

public sealed class ScaleChannelsTests
{
    private const AccuracyStep Equalize = AccuracyStep.EqualizeChannels;
    private const AccuracyStep Smooth = AccuracyStep.SmoothActivations;

    [Fact]
    public void ChannelsOfEqualWeightGetMoreEqualRanges()
    {
        // Two pointwise channels x and x/16, both read by a weight of 1: noise of activations asks for scales in the ratio 16, noise of weights for less.
        var builder = new GraphBuilder(13);
        var first = builder.Node("Relu", [builder.Node("Conv", [builder.Input("x", ElementType.Float32, 1, 1, 4, 4), builder.Initializer("w", Tensor.Of([1f, 0.0625f], 2, 1, 1, 1))])]);
        builder.WithOutput(builder.Node("Conv", [first, builder.Initializer("v", Tensor.Of([1f, 1f], 1, 2, 1, 1))]));
        var model = builder.Model;

        var scales = new ChannelScales();
        var test = PassTest.Run([new EqualizeChannels(Inputs(model, Equalize), scales)], model).SameOutputs();

        var chosen = scales.Of(ScaleSites.Of(model.Graph).Single()).ShouldNotBeNull();
        (chosen[0] * chosen[1]).ShouldBe(1, 1e-6);
        chosen[0].ShouldBeInRange(1.4, 4);
        Weights(test.Rewritten, 0).ShouldBe([(float)(1 / chosen[0]), (float)(0.0625 / chosen[1])]);
        Weights(test.Rewritten, 1).ShouldBe([(float)chosen[0], (float)chosen[1]]);
        test.Rewritten.Graph.Initializers.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Equalize)]
    [InlineData(Smooth)]
    public void UnevenChannelsBecomeMoreAccurate(AccuracyStep step)
    {
        var model = step == Equalize ? UnevenConvolutions() : UnevenProducts();

        SqnrDb(model, Int8(model, step)).ShouldBeGreaterThan(SqnrDb(model, Int8(model)) + 3);
    }

    [Fact]
    public void ProductsWhoseRangesAreFoundAtEveryRunBecomeMoreAccurate()
    {
        var model = UnevenProducts();

        SqnrDb(model, Dynamic(Smooth)).ShouldBeGreaterThan(SqnrDb(model, Dynamic()) + 3);

        Model Dynamic(params AccuracyStep[] steps)
        {
            var compiled = model.Clone();
            var inputs = Inputs(model, steps);
            Precisions.Find("int8-dynamic")!.Apply(compiled, inputs with { Scheme = inputs.Scheme with { DynamicFromMultiplications = 1, Blockwise = null } }, new PassContext());
            return compiled;
        }
    }

    [Theory]
    [InlineData(Equalize, "EqualizeChannels")]
    [InlineData(Smooth, "SmoothActivations")]
    public void AStepThatIsNotInTheLadderIsNotTaken(AccuracyStep step, string pass)
    {
        var model = step == Equalize ? UnevenConvolutions() : UnevenProducts();

        Log(step).ShouldContain(pass);
        Log(AccuracyStep.CorrectBias).ShouldNotContain(pass);

        IEnumerable<string> Log(AccuracyStep taken)
        {
            var context = new PassContext();
            Precisions.Find("int8")!.Apply(model.Clone(), Inputs(model, taken), context);
            return context.Log.Select(edit => edit.Pass);
        }
    }

    [Fact]
    public void MadeUpSamplesScaleNothing()
    {
        var model = UnevenProducts();
        var inputs = Inputs(model, Smooth) with { Calibration = new SampleCalibration(Samples(model)) { IsTypical = false } };

        PassTest.Run([new SmoothActivations(inputs, new ChannelScales())], model).Declines();
    }

    [Fact]
    public void AModelThatCameQuantizedIsLeftAlone()
    {
        var builder = new GraphBuilder(13);
        var first = Conv(builder, builder.Input("x", ElementType.Float32, 1, 3, 6, 6), 1, 3, 4);
        var second = Conv(builder, first, 2, 4, 5);
        builder.WithOutput(builder.Node("QuantizeLinear", [second, builder.Initializer("s", Tensor.Scalar(0.1f)), builder.Initializer("z", Tensor.Scalar((byte)0))]));

        PassTest.Run([new EqualizeChannels(Inputs(builder.Model, Equalize), new ChannelScales())], builder.Model).Declines();
    }

    [Fact]
    public void FormsFromTheSameStatisticsAreScaledAlikeAndRunNoSamples()
    {
        var model = UnevenConvolutions();
        var inputs = Inputs(model, Equalize);
        var first = model.Clone();
        var summary = Precisions.Find("int8")!.Apply(first, inputs, new PassContext())!;

        var none = Enumerable.Range(0, 1).Select<int, Sample>(_ => throw new InvalidOperationException("No sample may run."));
        var again = model.Clone();
        Precisions.Find("int8")!.Apply(again, inputs with { Activations = summary.Activations, Calibration = new SampleCalibration(none) }, new PassContext());

        OnnxWriter.ToBytes(again).ShouldBe(OnnxWriter.ToBytes(first));
    }

    [Fact]
    public void StatisticsOfScaledChannelsAlsoGiveTheFormWithoutTheStep()
    {
        var model = UnevenConvolutions();
        var scaled = Precisions.Find("int8")!.Apply(model.Clone(), Inputs(model, Equalize), new PassContext())!;
        var without = model.Clone();
        Precisions.Find("int8")!.Apply(without, Inputs(model) with { Activations = scaled.Activations }, new PassContext());

        SqnrDb(model, without).ShouldBe(SqnrDb(model, Int8(model)), 0.05); // ranges came the long way, by float32 factors
    }

    private static Model Int8(Model model, params AccuracyStep[] ladder)
    {
        var compiled = model.Clone();
        Precisions.Find("int8")!.Apply(compiled, Inputs(model, ladder), new PassContext());
        return compiled;
    }

    private static PrecisionInputs Inputs(Model model, params AccuracyStep[] ladder) =>
        new(X64 with { Ladder = ladder, Ranges = RangeMethod.MinMax }, new SampleCalibration(Samples(model, 16)));

    private static float[] Weights(Model model, int conv) => model.Graph.NodesOf("Conv")[conv].Inputs[1]!.Constant!.ToFloats();

    /// <summary>x → Conv → Relu → Conv → GlobalAveragePool → y, with channels between that differ by a factor of up to 100 and are all heard.</summary>
    private static Model UnevenConvolutions()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 8, 8);
        var first = builder.Node("Relu", [builder.Node("Conv", [x, Uneven(builder, "w", Networks.Weights(1, 16, 3, 3, 3), 0, 1), Uneven(builder, "b", Networks.Weights(2, 16), 0, 1)])]);
        var second = builder.Node("Conv", [first, Uneven(builder, "v", Networks.Weights(3, 8, 16, 1, 1), 1, -1)]);
        return builder.WithOutput(builder.Node("GlobalAveragePool", [second]));
    }

    /// <summary>x → LayerNormalization → MatMul → y, with a few channels between that are 100 times as wide as the rest.</summary>
    private static Model UnevenProducts()
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input("x", ElementType.Float32, 1, 12, 16);
        var norm = builder.Node("LayerNormalization", [x, Uneven(builder, "gamma", Networks.Weights(1, 16), 0, 1), Uneven(builder, "beta", Networks.Weights(2, 16), 0, 1)]);
        var y = builder.Node("MatMul", [norm, Uneven(builder, "q", Networks.Weights(3, 16, 16), 0, -1)]);
        return builder.WithOutput(builder.Node("Relu", [builder.Node("MatMul", [builder.Node("Relu", [y]), builder.Initializer("o", Networks.Weights(4, 16, 4))])]));
    }

    /// <summary>Every fourth channel multiplied by 32 to the power given.</summary>
    private static Value Uneven(GraphBuilder builder, string name, Tensor tensor, int axis, double power)
    {
        var layout = ChannelLayout.Of(tensor.Dims, axis);
        var values = tensor.ToFloats();
        for (var i = 0; i < values.Length; i++)
            values[i] *= (float)Math.Pow(i / layout.Inner % layout.Channels % 4 == 0 ? 32 : 1, power);
        return builder.Initializer(name, Tensor.Of(values, tensor.Dims));
    }
}
