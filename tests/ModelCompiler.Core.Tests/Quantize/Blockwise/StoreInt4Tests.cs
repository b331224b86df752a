using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using ModelCompiler.Shapes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Blockwise;

public sealed class StoreInt4Tests
{
    [Theory]
    [InlineData("MatMul", 1)]
    [InlineData("Gemm", 3)]
    [InlineData("Gemm transB", 40)]
    public void StoresMatricesInHalfOfInt8(string kind, int rows)
    {
        var model = MultiplyBlockwiseTests.Stack(kind, rows);

        var compiled = Compile(model, "int4-weights").Model;

        compiled.Graph.Nodes.Count(node => node.OpType == "MatMulNBits").ShouldBe(3);
        OnnxWriter.ToBytes(compiled).Length.ShouldBeLessThan(OnnxWriter.ToBytes(model).Length * 165 / 1000);
        SqnrDb(model, compiled).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void FindsTheScaleOfLeastSquaredError()
    {
        // 31 weights of ±1 and one of 9, which a step of 1 + d brings to 8 + 8·d at most: the error (1 − 8·d)² + 31·d² is least for d = 8/95, where it is 31/95.
        var weights = Enumerable.Range(0, 32).Select(i => i == 0 ? 9f : i % 2 == 0 ? 1f : -1f).ToArray();
        var format = new BlockFormat(4, 32);

        var rounded = new LeastSquareBlocks().Round(weights, 32, format);

        SquareError(weights, rounded).ShouldBe(31.0 / 95, 0.01);
        SquareError(weights, new CoverBlocks().Round(weights, 32, format)).ShouldBe(31 / 64.0, 0.001, "steps of 9/8 make 1.125 of every 1");
        rounded.Scales.Single().ShouldBeLessThan(0, "8 is in reach on the negative side only");
    }

    [Fact]
    public void FeedsErrorsBackWithinTheLayer()
    {
        // Both inputs are always equal, so that only the sum of the two weights counts: 0.4 + 0.4 of a step rounds to 0 + 0, and with feedback to 0 + 1 (0.8).
        var weights = new float[32];
        (weights[0], weights[1], weights[2]) = (0.4f, 0.4f, -8);
        var products = new double[32 * 32];
        for (var i = 0; i < 32; i++)
            products[(i * 32) + i] = i < 2 ? 1 : 1e-3;
        products[1] = products[32] = 1;
        products[(2 * 32) + 2] = 1;

        var rounded = new ErrorFeedbackBlocks(new GramMatrix(32, new double[32], [products])).Round(weights, 32, new BlockFormat(4, 32));

        var floats = rounded.ToFloats();
        (floats[0] + floats[1]).ShouldBe(0.8f, 0.25f);
        new LeastSquareBlocks().Round(weights, 32, new BlockFormat(4, 32)).ToFloats()[..2].Sum().ShouldBe(0);
    }

    [Fact]
    public void IsMoreAccurateWithTypicalSamples()
    {
        var model = MultiplyBlockwiseTests.Stack("Gemm", 1);
        var blind = CompileBlindly(model);
        var calibrated = model.Clone();
        Precisions.Find("int4-weights")!.Apply(calibrated, new PrecisionInputs(X64, new SampleCalibration(Correlated(64, 1))), new PassContext());
        var others = Correlated(16, 1000).Select(sample => sample.Inputs).ToArray();

        ModelOutputs.SqnrDb(model, calibrated, others).ShouldBeGreaterThan(ModelOutputs.SqnrDb(model, blind, others) + 2);
    }

    [Fact]
    public void LooksUpRowsOfATableInFourBits()
    {
        var builder = new GraphBuilder(13);
        var table = builder.Initializer("table", Weights(1, 100, 64));
        var indices = builder.Input("indices", ElementType.Int64, 2, 3);
        var rows = builder.Node("Gather", [table, indices]);
        var model = builder.WithOutput(builder.Node("Add", [rows, builder.Node("Gather", [table, indices])]));

        var compiled = CompileBlindly(model);

        compiled.Graph.Nodes.Select(node => node.OpType).ShouldBe(["GatherBlockQuantized", "GatherBlockQuantized", "Add"]);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["indices"] = Tensor.Of([0L, 99, -1, 42, 7, 7], 2, 3) };
        ModelOutputs.SqnrDb(model, compiled, inputs).ShouldBeGreaterThan(18);
        ShapeInference.Run(compiled).ShapeOf(compiled.Graph.Outputs[0]).ShouldBe(Shape.Of(2, 3, 64));
    }

    [Fact]
    public void LeavesTablesWhoseRowsAreNoWholeBlocks()
    {
        var builder = new GraphBuilder(13);
        var rows = builder.Node("Gather", [builder.Initializer("table", Weights(1, 100, 50)), builder.Input("indices", ElementType.Int64, 2)]);
        var context = new PassContext();

        PassRunner.Run(builder.WithOutput(rows), [new StoreTablesAsInt4()], context);

        context.Log.ShouldBeEmpty();
        context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("whole blocks of 32");
    }

    [Fact]
    public void StoresConvolutionsAsInt8()
    {
        var builder = new GraphBuilder(13);
        var features = Conv(builder, builder.Input("x", ElementType.Float32, 1, 16, 4, 4), 1, 16, 16);
        var flat = builder.Node("Flatten", [features]);
        var model = builder.WithOutput(builder.Node("MatMul", [flat, builder.Initializer("w", Weights(2, 256, 64))]));

        var compiled = Compile(model, "int4-weights").Model;

        compiled.Graph.Initializers.Select(value => value.Initializer!.Type).ShouldContain(ElementType.Int8);
        compiled.Graph.Nodes.ShouldContain(node => node.OpType == "MatMulNBits");
        SqnrDb(model, compiled).ShouldBeGreaterThan(18);
    }

    [Fact]
    public void StoresMatricesOfNestedGraphs()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, 64);
        var flag = builder.Initializer("flag", Tensor.Of([true]));
        var choice = builder.Node("If", [flag], new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["then_branch"] = builder.Nested("yes", branch => branch.Output(branch.Node("MatMul", [x, branch.Initializer("v", Weights(1, 64, 64))]))),
            ["else_branch"] = builder.Nested("no", branch => branch.Output(branch.Node("Neg", [x]))),
        });
        var model = builder.WithOutput(choice);

        var compiled = Compile(model, "int4-weights").Model;

        compiled.Graph.SelfAndNested.SelectMany(graph => graph.Nodes).ShouldContain(node => node.OpType == "MatMulNBits");
        SqnrDb(model, compiled).ShouldBeGreaterThan(18);
    }

    [Fact]
    public void RefusesAModelWithoutMatrices() =>
        Should.Throw<DiagnosticException>(() => Compile(Classifier(), "int4-weights")).Diagnostic.Rule.ShouldBe(DiagnosticRules.NothingForPrecision);

    [Theory]
    [InlineData("cpu-x64")]
    [InlineData("cpu-arm64")]
    public void IsAllowedOnEveryCpu(string profile) => HardwareProfiles.Read(profile).Precisions.Allowed.ShouldContain("int4-weights");

    private static Model CompileBlindly(Model model)
    {
        var copy = model.Clone();
        Precisions.Find("int4-weights")!.Apply(copy, new PrecisionInputs(X64, null), new PassContext());
        return copy;
    }

    /// <summary>Inputs that follow four numbers: what goes together in them is what feedback lives on.</summary>
    private static Sample[] Correlated(int count, int seed)
    {
        var mixing = Weights(5, 4, 256).Span<float>().ToArray();
        return [.. Enumerable.Range(seed, count).Select(i => Mixed(i, mixing))];
    }

    private static Sample Mixed(int seed, float[] mixing)
    {
        var causes = Weights(seed, 4).Span<float>().ToArray();
        var values = Weights(seed + 5000, 256).Span<float>().ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] = (values[i] * 0.1f) + Enumerable.Range(0, 4).Sum(cause => causes[cause] * mixing[(cause * 256) + i] * 8);
        return new Sample($"mixed {seed}", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(values, 1, 256) });
    }

    private static double SquareError(float[] weights, BlockwiseWeight rounded) =>
        weights.Zip(rounded.ToFloats(), (exact, kept) => (double)(exact - kept) * (exact - kept)).Sum();
}
