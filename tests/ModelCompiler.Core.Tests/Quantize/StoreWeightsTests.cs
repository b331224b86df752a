using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize;

public sealed class StoreWeightsTests
{
    [Theory]
    [InlineData("fp16-weights", 55)]
    [InlineData("int8-weights", 35)]
    public void KeepTheAnswerInASmallerFile(string precision, double leastDb)
    {
        var model = Classifier();

        var compiled = Compile(model, precision).Model;

        OnnxWriter.ToBytes(compiled).Length.ShouldBeLessThan(OnnxWriter.ToBytes(model).Length * 6 / 10);
        SqnrDb(model, compiled).ShouldBeGreaterThan(leastDb);
    }

    [Theory]
    [InlineData("fp16-weights")]
    [InlineData("int8-weights")]
    public void LeaveNothingToComputeAtRunTime(string precision) =>
        ExecutedOperators(Compile(Classifier(), precision).Model).ShouldBe(ExecutedOperators(Classifier()));

    [Theory]
    [InlineData("fp16-weights")]
    [InlineData("int8-weights")]
    [InlineData("int8")]
    public void GiveTheSameBytesTwice(string precision) =>
        OnnxWriter.ToBytes(Compile(Classifier(), precision).Model).ShouldBe(OnnxWriter.ToBytes(Compile(Classifier(), precision).Model));

    [Fact]
    public void LeaveSmallWeightsAlone()
    {
        var model = OfMatMul(Weights(1, 4, 4));
        Compile(model, "fp16-weights").Context.Log.ShouldBeEmpty();
        Compile(model, "int8-weights").Context.Log.ShouldBeEmpty();
    }

    [Fact]
    public void ClampToTheRangeOfFloat16AndSaySo()
    {
        var weight = Weights(1, 16, 16).ToFloats();
        (weight[3], weight[4]) = (1e6f, -1e6f);

        var (model, _, context) = Compile(OfMatMul(Tensor.Of(weight, 16, 16)), "fp16-weights");

        context.Log.ShouldHaveSingleItem().Label.ShouldContain("2 values clamped");
        var stored = model.Graph.Initializers.Single().Initializer!;
        stored.Type.ShouldBe(ElementType.Float16);
        stored.ToFloats()[3].ShouldBe(65504);
        stored.ToFloats()[4].ShouldBe(-65504);
    }

    [Fact]
    public void DeclineWeightsThatHoldNaN()
    {
        var weight = Weights(1, 16, 32).ToFloats();
        weight[5] = float.NaN;

        var context = Compile(OfMatMul(Tensor.Of(weight, 16, 32)), "int8-weights").Context;

        context.Log.ShouldBeEmpty();
        context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("NaN");
    }

    [Fact]
    public void DeclineWeightsThatAreOutputsOrReadOtherwise()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 32);
        var (shown, shared) = (builder.Initializer("shown", Weights(1, 32, 32)), builder.Initializer("shared", Weights(2, 32, 32)));
        var y = builder.Node("MatMul", [builder.Node("MatMul", [x, shown]), shared]);
        builder.Output(builder.Node("Relu", [shared]), "r", new TensorType(ElementType.Float32, null)).Output(shown, null, shown.Type);

        var context = Compile(builder.WithOutput(y), "int8-weights").Context;

        context.Log.ShouldBeEmpty();
        context.Declined.Select(declined => declined.Reason).ShouldBe(
            ["its weight is also an output of a graph ('shown')", "its weight is also read by Relu → 'r' ('shared')"], ignoreOrder: true);
    }

    [Fact]
    public void StoreAWeightThatTwoLayersShareOnce()
    {
        var builder = new GraphBuilder(13);
        var shared = builder.Initializer("w", Weights(1, 32, 32));
        var y = builder.Node("MatMul", [builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 2, 32), shared]), shared]);
        var model = builder.WithOutput(y);

        var compiled = Compile(model, "int8-weights").Model;

        compiled.Graph.Initializers.Count(value => value.Initializer!.Type == ElementType.Int8).ShouldBe(1);
        SqnrDb(model, compiled).ShouldBeGreaterThan(35);
    }

    [Fact]
    public void TakeBackTheMeanErrorOfALayer()
    {
        // Every input is 1, so that E[x] = 1 and the mean error of a channel is the sum of its rounding errors: all of it can be taken back.
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 32);
        var model = builder.WithOutput(builder.Node("Gemm", [x, builder.Initializer("w", Weights(1, 32, 32)), builder.Initializer("b", Weights(2, 32))]));
        var ones = new Sample("ones", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(Enumerable.Repeat(1f, 32).ToArray(), 1, 32) });
        var corrected = model.Clone();
        var plain = model.Clone();

        PassRunner.Run(corrected, [new StoreWeightsAsInt8(new SampleCalibration([ones]))], new PassContext());
        PassRunner.Run(plain, [new StoreWeightsAsInt8(null)], new PassContext());

        ModelOutputs.SqnrDb(model, corrected, ones.Inputs).ShouldBeGreaterThan(100);
        ModelOutputs.SqnrDb(model, plain, ones.Inputs).ShouldBeLessThan(60);
    }

    [Fact]
    public void AddNothingToALayerThatAddsNothing()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 32);
        var model = builder.WithOutput(builder.Node("Gemm", [x, builder.Initializer("w", Weights(1, 32, 32))]));

        var compiled = Compile(model, "int8-weights").Model;

        var silence = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(new float[32], 1, 32) };
        using var running = OrtModel.Load(compiled);
        running.Run(silence)["y"].ToFloats().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void StoreTheWeightThatHurtsTheOutputsAsFloat16()
    {
        // One weight of each channel is so large that 8 bits leave little of the others, and the samples hardly reach it.
        var outliers = Weights(1, 64, 64).ToFloats();
        for (var channel = 0; channel < 64; channel++)
            outliers[channel] = 40;
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 64);
        var scaled = builder.Node("Mul", [x, builder.Initializer("faint", Tensor.Of([.. Enumerable.Range(0, 64).Select(i => i == 0 ? 1e-4f : 1f)], 64))]);
        var inner = builder.Node("Relu", [builder.Node("MatMul", [scaled, builder.Initializer("hard", Tensor.Of(outliers, 64, 64))])]);
        var model = builder.WithOutput(builder.Node("MatMul", [inner, builder.Initializer("easy", Weights(2, 64, 64))]));

        var (compiled, _, context) = Compile(model, "int8-weights");

        compiled.Graph.Initializers.Where(value => value.Initializer!.Type == ElementType.Float16).ShouldHaveSingleItem().Name.ShouldStartWith("hard");
        compiled.Graph.Initializers.Where(value => value.Initializer!.Type == ElementType.Int8).ShouldHaveSingleItem().Name.ShouldStartWith("easy");
        context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("stored as float16: as int8 it alone would leave the outputs");
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void WorkWithoutCalibration()
    {
        var model = Classifier();
        var compiled = model.Clone();

        Precisions.Find("int8-weights")!.Apply(compiled, new PrecisionInputs(X64, null), new PassContext());

        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void LeaveAnInitializerThatCallersMayOverride()
    {
        var builder = new GraphBuilder(13);
        var weight = builder.ListedInitializer("w", Weights(1, 32, 32));
        var product = builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 2, 32), weight]);
        var model = builder.WithOutput(builder.Node("Mul", [product, builder.Initializer("fixed", Tensor.Scalar(2f))]));

        var context = Compile(model, "int8-weights").Context;

        context.Log.ShouldBeEmpty();
        context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("callers may override its weight");
    }

    private static Model OfMatMul(Tensor weight)
    {
        var builder = new GraphBuilder(13);
        return builder.WithOutput(builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 2, weight.Dims[0]), builder.Initializer("w", weight)]));
    }
}
