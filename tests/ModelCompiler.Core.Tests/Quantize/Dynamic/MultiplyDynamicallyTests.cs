using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Dynamic;

public sealed class MultiplyDynamicallyTests
{
    private const int Size = 128;

    [Theory]
    [InlineData("MatMul")]
    [InlineData("Gemm")]
    [InlineData("Gemm transB")]
    public void MultipliesIntegers(string kind)
    {
        var model = Layer(kind, 16);

        var compiled = Compile(model, "int8-dynamic").Model;

        ExecutedOperators(compiled).ShouldBe(["DynamicQuantizeMatMul"], "ONNX Runtime runs the product and its bias as one");
        SqnrDb(model, compiled).ShouldBeGreaterThan(32);
        OnnxWriter.ToBytes(compiled).Length.ShouldBeLessThan(OnnxWriter.ToBytes(model).Length * 32 / 100);
        compiled.Graph.Outputs.Single().Name.ShouldBe("y");
    }

    [Fact]
    public void ComputesWhatTheSpecificationSays()
    {
        // x = 0 … 255 in steps of 1 → scale 1, zero point 0; w = 127·s and −127·s in turn, with s = 1/127: sums of whole numbers.
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 2);
        var model = builder.WithOutput(builder.Node("MatMul", [x, builder.Initializer("w", Tensor.Of([1f, 0.5f, -1f, 0.25f], 2, 2))]));
        var wide = X64 with { WeightsWhereSumsSaturate = null, DynamicFromMultiplications = 0 };
        PassRunner.Run(model, [new MultiplyDynamically(new PrecisionInputs(wide, null))], new PassContext());

        using var running = OrtModel.Load(model);
        var y = running.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of([0f, 255, 100, 30], 2, 2) })["y"].ToFloats();

        // The second column has steps of 0.5/127: 127 and 63.5, which rounds to the even 64.
        y.ShouldBe([-255, 255 * 64 * 0.5f / 127, 70, ((100 * 127) + (30 * 64)) * 0.5f / 127], 1e-3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LeavesNoRoomForPairsToSaturateWhereTheyWould(bool sumsSaturate)
    {
        var scheme = sumsSaturate ? X64 : X64 with { WeightsWhereSumsSaturate = null };

        var integers = Compile(Layer("MatMul", 16), "int8-dynamic", scheme).Model.Graph.Initializers
            .Select(value => value.Initializer!).Single(tensor => tensor.Type == ElementType.Int8).Span<sbyte>().ToArray();

        (WorstPair(integers) <= short.MaxValue).ShouldBe(sumsSaturate);
    }

    [Fact]
    public void SharesTheIntegersOfAnInput()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 16, Size);
        var products = Enumerable.Range(0, 3).Select(i => builder.Node("MatMul", [x, builder.Initializer("w", Weights(i, Size, Size))])).ToArray();
        var model = builder.WithOutput(builder.Node("Add", [builder.Node("Add", [products[0], products[1]]), products[2]]));

        var compiled = Compile(model, "int8-dynamic").Model;

        compiled.Graph.Nodes.Count(node => node.OpType == "DynamicQuantizeLinear").ShouldBe(1);
        ExecutedOperators(compiled).Count(type => type == "MatMulIntegerToFloat").ShouldBe(3);
        SqnrDb(model, compiled).ShouldBeGreaterThan(32);
    }

    [Fact]
    public void StoresAWeightThatTwoProductsShareOnce()
    {
        var builder = new GraphBuilder(13);
        var shared = builder.Initializer("w", Weights(1, Size, Size));
        var model = builder.WithOutput(builder.Node("MatMul", [builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 16, Size), shared]), shared]));

        var compiled = Compile(model, "int8-dynamic").Model;

        compiled.Graph.Initializers.Count(value => value.Initializer!.Type == ElementType.Int8).ShouldBe(1);
        SqnrDb(model, compiled).ShouldBeGreaterThan(28);
    }

    [Fact]
    public void LeavesProductsThatAreTooSmallAndTakesThoseWhoseRowsAreOpen()
    {
        Should.Throw<DiagnosticException>(() => Compile(Layer("MatMul", 3), "int8-dynamic")).Diagnostic.Rule.ShouldBe(DiagnosticRules.NothingForPrecision);
        Compile(Layer("MatMul", null), "int8-dynamic").Model.Graph.Nodes.ShouldContain(node => node.OpType == "MatMulInteger");
    }

    [Fact]
    public void TakesBlocksWhereThereAreFewRows()
    {
        var compiled = Compile(Blockwise.MultiplyBlockwiseTests.Stack("Gemm", 1), "int8-dynamic").Model;

        compiled.Graph.Nodes.Select(node => node.OpType).Where(type => type is "MatMulNBits" or "MatMulInteger").ShouldBe(["MatMulNBits", "MatMulNBits", "MatMulNBits"]);
    }

    [Fact]
    public void LeavesConvolutionsInFloat()
    {
        var builder = new GraphBuilder(13);
        var features = Conv(builder, builder.Input("x", ElementType.Float32, 1, 16, 8, 8), 1, 16, 16);
        var rows = builder.Node("Reshape", [features, builder.Initializer("shape", Tensor.Vector(16L, 64))]);
        var model = builder.WithOutput(builder.Node("MatMul", [rows, builder.Initializer("w", Weights(2, 64, 256))]));

        var compiled = Compile(model, "int8-dynamic").Model;

        compiled.Graph.Nodes.Select(node => node.OpType).ShouldContain("Conv");
        compiled.Graph.Nodes.Select(node => node.OpType).ShouldNotContain("ConvInteger");
        compiled.Graph.Initializers.Count(value => value.Initializer!.Type == ElementType.Int8).ShouldBe(2);
        SqnrDb(model, compiled).ShouldBeGreaterThan(28);
    }

    [Fact]
    public void MultipliesInNestedGraphs()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 16, Size);
        var choice = builder.Node("If", [builder.Initializer("flag", Tensor.Of([true]))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["then_branch"] = builder.Nested("yes", branch => branch.Output(branch.Node("MatMul", [x, branch.Initializer("v", Weights(1, Size, Size))]))),
            ["else_branch"] = builder.Nested("no", branch => branch.Output(branch.Node("Neg", [x]))),
        });
        var model = builder.WithOutput(choice);

        var compiled = Compile(model, "int8-dynamic").Model;

        compiled.Graph.SelfAndNested.SelectMany(graph => graph.Nodes).ShouldContain(node => node.OpType == "MatMulInteger");
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void LiftsOldOperatorSets()
    {
        var builder = new GraphBuilder(8);
        var x = builder.Input("x", ElementType.Float32, 16, Size);
        var model = builder.WithOutput(builder.Node("MatMul", [x, builder.Initializer("w", Weights(1, Size, Size))]));

        var compiled = Compile(model, "int8-dynamic").Model;

        compiled.Opset.ShouldBe(11);
        SqnrDb(model, compiled).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void TakesBackTheMeanError()
    {
        var model = Layer("Gemm", 16);
        var plain = model.Clone();
        Precisions.Find("int8-dynamic")!.Apply(plain, new PrecisionInputs(X64, null), new PassContext());
        var samples = Enumerable.Range(0, 4).Select(Shifted).ToArray();
        var corrected = model.Clone();
        Precisions.Find("int8-dynamic")!.Apply(corrected, new PrecisionInputs(X64, new SampleCalibration(samples) { IsTypical = false }), new PassContext());

        var inputs = samples.Select(sample => sample.Inputs).ToArray();
        ModelOutputs.SqnrDb(model, corrected, inputs).ShouldBeGreaterThan(ModelOutputs.SqnrDb(model, plain, inputs) + 6);
    }

    /// <summary>The largest sum of two products of a column of weights with activations of 255, in magnitude.</summary>
    private static int WorstPair(sbyte[] integers)
    {
        var worst = 0;
        for (var column = 0; column < Size; column++)
        {
            var sorted = Enumerable.Range(0, Size).Select(row => (int)integers[(row * Size) + column]).Order().ToArray();
            worst = Math.Max(worst, 255 * Math.Max(sorted[^1] + sorted[^2], -(sorted[0] + sorted[1])));
        }

        return worst;
    }

    /// <summary>Inputs around 1, so that the mean error counts.</summary>
    private static Sample Shifted(int seed)
    {
        var values = Weights(seed, 16, Size).Span<float>().ToArray();
        return new($"shifted {seed}", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(Array.ConvertAll(values, value => 1 + (0.1f * value)), 16, Size) });
    }

    private static Model Layer(string kind, long? rows)
    {
        var builder = new GraphBuilder(13);
        var batch = rows is { } known ? Dimension.Of(known) : Dimension.Named("batch");
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([batch, Dimension.Of(Size)])));
        var (weight, bias) = (builder.Initializer("w", Weights(1, Size, Size)), builder.Initializer("b", Weights(2, Size)));
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transB"] = kind == "Gemm transB" ? 1L : 0L };
        return builder.WithOutput(kind == "MatMul" ? builder.Node("Add", [builder.Node("MatMul", [x, weight]), bias]) : builder.Node("Gemm", [x, weight, bias], attributes));
    }
}
