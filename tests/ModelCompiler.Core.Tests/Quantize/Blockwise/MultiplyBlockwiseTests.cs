using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Blockwise;

public sealed class MultiplyBlockwiseTests
{
    private const int Size = 256;

    private static readonly BlockwiseProducts Rule = new() { BlockSize = 64, MinWeights = Size * Size, MaxRows = 8 };

    [Theory]
    [InlineData("MatMul")]
    [InlineData("Gemm")]
    [InlineData("Gemm transB")]
    public void MakesLargeProductsOfFewRows(string kind)
    {
        var model = Stack(kind, 1);
        var (compiled, context) = Run(model);

        compiled.Graph.Nodes.Select(node => node.OpType).Where(type => type is "MatMul" or "Gemm").ShouldBeEmpty();
        compiled.Graph.Initializers.ShouldAllBe(value => value.Initializer!.Count < Size * Size || value.Initializer.Type == ElementType.UInt8);
        compiled.Graph.Outputs.Single().Name.ShouldBe("y");
        context.Log.Count.ShouldBe(3);
        OnnxWriter.ToBytes(compiled).Length.ShouldBeLessThan(OnnxWriter.ToBytes(model).Length * 28 / 100);
        SqnrDb(model, compiled).ShouldBeGreaterThan(34);
    }

    [Fact]
    public void LeavesManyRowsSmallWeightsAndOpenRowsAlone()
    {
        Run(Stack("MatMul", 9)).Context.Declined.ShouldAllBe(declined => declined.Reason.Contains("9 rows"));
        Run(Stack("MatMul", null)).Context.Declined.ShouldAllBe(declined => declined.Reason.Contains("not known"));
        var (small, context) = Run(OfWeight(Weights(1, Size, Size - 1)));
        (small.Graph.Nodes.Single().OpType, context.Declined.Count).ShouldBe(("MatMul", 0));
    }

    [Fact]
    public void TakesTheRowsOfATypicalRunWhereTheModelLeavesThemOpen()
    {
        var shapes = new Dictionary<string, Shape>(StringComparer.Ordinal) { ["x"] = Shape.Of(2, Size) };
        Run(Stack("MatMul", null), shapes).Context.Log.Count.ShouldBe(3);
    }

    [Fact]
    public void PacksAWeightThatTwoProductsShareOnce()
    {
        var builder = new GraphBuilder(13);
        var shared = builder.Initializer("w", Weights(1, Size, Size));
        var y = builder.Node("MatMul", [builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 2, Size), shared]), shared]);
        var model = builder.WithOutput(y);

        var compiled = Run(model).Model;

        compiled.Graph.Nodes.Select(node => node.OpType).ShouldBe(["MatMulNBits", "MatMulNBits"]);
        compiled.Graph.Initializers.Count.ShouldBe(2);
        SqnrDb(model, compiled).ShouldBeGreaterThan(35);
    }

    [Fact]
    public void LeavesAWeightThatIsReadInAnotherWay()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, Size);
        var shared = builder.Initializer("w", Weights(1, Size, Size));
        var transposed = builder.Node("Gemm", [x, shared], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transB"] = 1L });
        var model = builder.WithOutput(builder.Node("Gemm", [transposed, shared]));

        Run(model).Context.Declined.ShouldHaveSingleItem().Reason.ShouldContain("transposes");
    }

    [Fact]
    public void LeavesFactorsOfAGemmAndProductsFromTheLeft()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, Size);
        var halved = builder.Node("Gemm", [x, builder.Initializer("w", Weights(1, Size, Size))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["alpha"] = 0.5f });
        var column = builder.Node("Reshape", [halved, builder.Initializer("shape", Tensor.Vector(Size, 1L))]);
        var model = builder.WithOutput(builder.Node("MatMul", [builder.Initializer("v", Weights(2, Size, Size)), column]));

        Run(model).Context.Log.ShouldBeEmpty();
    }

    [Fact]
    public void LeavesOutputsAndNaN()
    {
        var builder = new GraphBuilder(13);
        var shown = builder.Initializer("shown", Weights(1, Size, Size));
        builder.Output(shown, null, shown.Type);
        Run(builder.WithOutput(builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 1, Size), shown]))).Context.Log.ShouldBeEmpty();

        var values = Weights(1, Size, Size).ToFloats();
        values[7] = float.NaN;
        Run(OfWeight(Tensor.Of(values, Size, Size))).Context.Log.ShouldBeEmpty();
    }

    [Fact]
    public void KeepsABiasThatIsComputed()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 2, Size);
        var bias = builder.Node("Relu", [x]);
        var model = builder.WithOutput(builder.Node("Gemm", [x, builder.Initializer("w", Weights(1, Size, Size)), bias]));

        var compiled = Run(model).Model;

        compiled.Graph.Nodes.ShouldContain(node => node.OpType == "MatMulNBits");
        SqnrDb(model, compiled).ShouldBeGreaterThan(35);
    }

    [Fact]
    public void IsPartOfInt8WeightsWhereTheProfileSaysSo()
    {
        var model = Stack("Gemm", 1);
        var portable = QuantizationScheme.Of(HardwareProfiles.Read("portable"));

        Compile(model, "int8-weights").Model.Graph.Nodes.Count(node => node.OpType == "MatMulNBits").ShouldBe(3);
        Compile(model, "int8-weights", portable).Model.Graph.Nodes.Count(node => node.OpType == "MatMulNBits").ShouldBe(0);
    }

    /// <summary>Three layers of 256 × 256 with Relu between.</summary>
    internal static Model Stack(string kind, long? rows)
    {
        var builder = new GraphBuilder(13);
        var batch = rows is { } fixedRows ? Dimension.Of(fixedRows) : Dimension.Named("batch");
        var value = builder.Input("x", new TensorType(ElementType.Float32, new Shape([batch, Dimension.Of(Size)])));
        for (var layer = 0; layer < 3; layer++)
        {
            var weight = builder.Initializer("w", Weights(layer, Size, Size));
            var bias = builder.Initializer("b", Weights(layer + 10, Size));
            var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transB"] = kind == "Gemm transB" ? 1L : 0L };
            value = kind == "MatMul" ? builder.Node("Add", [builder.Node("MatMul", [value, weight]), bias]) : builder.Node("Gemm", [value, weight, bias], attributes);
            value = layer < 2 ? builder.Node("Relu", [value]) : value;
        }

        return builder.WithOutput(value);
    }

    private static Model OfWeight(Tensor weight)
    {
        var builder = new GraphBuilder(13);
        return builder.WithOutput(builder.Node("MatMul", [builder.Input("x", ElementType.Float32, 1, weight.Dims[0]), builder.Initializer("w", weight)]));
    }

    private static (Model Model, PassContext Context) Run(Model model, IReadOnlyDictionary<string, Shape>? shapes = null)
    {
        var (copy, context) = (model.Clone(), new PassContext());
        PassRunner.Run(copy, [new MultiplyBlockwise(Rule, shapes ?? new Dictionary<string, Shape>(StringComparer.Ordinal))], context);
        return (copy, context);
    }
}
