using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using ModelCompiler.Shapes;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Passes.Attributes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Layout;

public sealed class WriteChannelsLastTests
{
    private static readonly (string, AttributeValue) SameSize = ("pads", new[] { 1L, 1, 1, 1 });

    private readonly GraphBuilder _builder = new GraphBuilder(opset: 17).Opset("com.microsoft", 1);
    private int _seed;

    [Fact]
    public void LeavesOneTransposeAtEachBorder()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var model = Finish(Layer(_builder.Node("Relu", [x]), 8, 8, SameSize));

        var twin = IntegerTwin.Of(model).GiveTheSame();

        twin.Count("Transpose").ShouldBe(2);
        twin.Written.Graph.Nodes.Where(node => node.OpType == "QLinearConv").ShouldAllBe(node => node.Domain == "com.microsoft" && node.GetInt("channels_last", 0) == 1);
    }

    public static TheoryData<string, long, long, long[]> Convolutions => new()
    {
        { "grouped", 2, 3, [1, 1, 1, 1] },
        { "depthwise", 8, 3, [1, 1, 1, 1] },
        { "with other pads at each side", 1, 3, [0, 2, 1, 0] },
        { "without a neighbourhood", 1, 1, [0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void ConvolvesAsBefore(string kind, long group, long kernel, long[] pads)
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var y = Layer(x, 8, 16, kernel, ("group", group), ("pads", pads), ("strides", new[] { 2L, 1 }));

        IntegerTwin.Of(Finish(y)).GiveTheSame(because: kind).Count("Transpose").ShouldBe(2);
    }

    [Theory]
    [InlineData("SAME_UPPER")]
    [InlineData("VALID")]
    public void KeepsAutomaticPads(string pads) =>
        IntegerTwin.Of(Finish(Layer(Picture(), 4, 8, ("auto_pad", pads), ("strides", new[] { 2L, 2 })))).GiveTheSame();

    [Fact]
    public void KeepsDilations() => IntegerTwin.Of(Finish(Layer(Picture(), 4, 8, ("dilations", new[] { 2L, 1 })))).GiveTheSame();

    [Fact]
    public void GivesReadersOfBothOrdersWhatTheyRead()
    {
        var shared = Layer(Picture(), 4, 8, SameSize);
        var (left, right) = (Layer(shared, 8, 8, SameSize), Layer(shared, 8, 8, SameSize));
        _builder.Output(shared, "shared", new TensorType(ElementType.Float32, null));
        _builder.Output(_builder.Node("Exp", [left]), "left", new TensorType(ElementType.Float32, null));

        var twin = IntegerTwin.Of(Finish(_builder.Node("Add", [left, right]))).GiveTheSame();

        twin.Count("QLinearConv").ShouldBe(4);
    }

    [Fact]
    public void TakesAddMulAndActivationsAlong()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var y = Layer(x, 8, 8, SameSize);
        y = _builder.Node("Mul", [y, _builder.Node("Sigmoid", [y])]);
        y = _builder.Node("LeakyRelu", [_builder.Node("Add", [x, y])], Of(("alpha", 0.1f)));

        var twin = IntegerTwin.Of(Finish(y)).GiveTheSame();

        twin.Count("Transpose").ShouldBe(2);
        twin.Written.Graph.Nodes.Count(node => node.OpType.StartsWith("QLinear", StringComparison.Ordinal)).ShouldBe(3 + 4);
    }

    [Fact]
    public void TakesFloatActivationsBetweenIntegersAlong()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var model = Finish(_builder.Node("HardSwish", [x]));

        IntegerTwin.Of(model).GiveTheSame().Count("Transpose").ShouldBe(2);
    }

    [Fact]
    public void WritesSiluAtTheBorderAsOneOperator()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var model = _builder.WithOutput(_builder.Node("GlobalAveragePool", [_builder.Node("Mul", [_builder.Node("Sigmoid", [x]), x])]));

        var written = Compile(model, "int8").Model;

        written.Graph.Nodes.Select(node => node.OpType).ShouldBe(["QuantizeLinear", "Transpose", "QLinearConv", "Transpose", "DequantizeLinear", "QuickGelu", "GlobalAveragePool"]);
        SqnrDb(model, written).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void ReordersConstantOperands()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var offset = _builder.Node("Add", [x, _builder.Initializer("offset", Weights(50, 8, 1, 6))]);
        var scaled = _builder.Node("Mul", [offset, _builder.Initializer("two", Tensor.Scalar(2f))]);

        IntegerTwin.Of(Finish(scaled)).GiveTheSame().Count("Transpose").ShouldBe(2);
    }

    [Fact]
    public void ScalesChannelsByWhatAllTheirPixelsSay()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var squeezed = _builder.Node("Relu", [Layer(_builder.Node("GlobalAveragePool", [x]), 8, 4, kernel: 1)]);
        var gate = _builder.Node("Sigmoid", [Layer(squeezed, 4, 8, kernel: 1)]);

        IntegerTwin.Of(Finish(_builder.Node("Mul", [x, gate]))).GiveTheSame().Count("Transpose").ShouldBe(2);
    }

    [Fact]
    public void JoinsAndSplitsAlongChannels()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var parts = _builder.Nodes("Split", [x, _builder.Initializer("sizes", Tensor.Vector(2L, 6))], 2, Of(("axis", 1L)));
        var joined = _builder.Node("Concat", [Layer(parts[0], 2, 4, SameSize), _builder.Node("Sigmoid", [parts[1]]), x], Of(("axis", -3L)));

        IntegerTwin.Of(Finish(Layer(joined, 18, 8, SameSize))).GiveTheSame().Count("Transpose").ShouldBe(2);
    }

    [Fact]
    public void CutsAndPadsAsAShortcutDoes()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var cut = _builder.Node("Slice", [x, Longs(0, 0), Longs(6, 6), Longs(2, -1), Longs(2, 2)]);
        var padded = _builder.Node("Pad", [cut, Longs(0, 2, 0, 0, 0, 2, 0, 0), _builder.Initializer("nothing", Tensor.Scalar(0f))]);
        var y = Layer(x, 8, 12, SameSize, ("strides", new[] { 2L, 2 }));

        var twin = IntegerTwin.Of(Finish(_builder.Node("Add", [padded, y]))).GiveTheSame();

        twin.Count("Transpose").ShouldBe(2);
        twin.Count("DequantizeLinear").ShouldBe(1);
        twin.Count("QLinearAdd").ShouldBe(1);
    }

    [Theory]
    [InlineData("reflect", 2)]
    [InlineData("edge", 2)]
    [InlineData("constant", 1)]
    public void PadsWithWhatIntegersHold(string mode, long pad)
    {
        var padded = _builder.Node("Pad", [Layer(Picture(), 4, 8, SameSize), Longs(0, 0, pad, 0, 0, 0, 1, pad)], Of(("mode", mode)));

        IntegerTwin.Of(Finish(padded)).GiveTheSame().Count("DequantizeLinear").ShouldBe(1);
    }

    [Fact]
    public void PadsWithAnotherNumberInFloat()
    {
        var padded = _builder.Node("Pad", [Layer(Picture(), 4, 8, SameSize), Longs(0, 0, 1, 1, 0, 0, 1, 1), _builder.Initializer("much", Tensor.Scalar(30f))]);

        IntegerTwin.Of(Finish(padded)).GiveTheSame().Count("DequantizeLinear").ShouldBe(2);
    }

    [Fact]
    public void JoinsWhatComesFromABorder()
    {
        var input = Picture();
        var joined = _builder.Node("Concat", [Layer(input, 4, 8, SameSize), input], Of(("axis", 1L)));

        IntegerTwin.Of(Finish(Layer(joined, 12, 8, SameSize))).GiveTheSame().Count("Transpose").ShouldBe(2);
    }

    [Theory]
    [InlineData("MaxPool", 0)]
    [InlineData("MaxPool", 1)]
    [InlineData("AveragePool", 0)]
    [InlineData("AveragePool", 1)]
    public void Pools(string pool, long ceil)
    {
        var attributes = Of(("kernel_shape", new[] { 3L, 2 }), ("strides", new[] { 2L, 2 }), ("pads", new[] { 1L, 0, 0, 1 }), ("ceil_mode", ceil));
        var x = _builder.Node(pool, [Layer(Picture(), 4, 8, SameSize)], attributes);

        var twin = IntegerTwin.Of(Finish(x)).GiveTheSame();

        twin.Count("Transpose").ShouldBe(2);
        twin.Count(pool == "MaxPool" ? "NhwcMaxPool" : "QLinearAveragePool").ShouldBe(1);
    }

    /// <summary>ONNX Runtime would round in front of the pool by itself, and then take the kernel for NCHW, which is forty times as slow.</summary>
    [Fact]
    public void PoolsWhatIsRoundedWhereFloatsCome()
    {
        var pool = _builder.Node("MaxPool", [_builder.Node("Tanh", [Picture()])], Of(("kernel_shape", new[] { 2L, 2 }), ("strides", new[] { 2L, 2 })));

        var twin = IntegerTwin.Of(Finish(Layer(pool, 4, 8, SameSize))).GiveTheSame();

        (twin.Count("NhwcMaxPool"), twin.Count("MaxPool"), twin.Count("Transpose")).ShouldBe((1, 0, 2));
        ExecutedOperators(twin.Written).ShouldNotContain("MaxPool");
    }

    [Fact]
    public void PoolsFloatsWhereSomebodyReadsFloats()
    {
        var pool = _builder.Node("MaxPool", [_builder.Node("Tanh", [Picture()])], Of(("kernel_shape", new[] { 2L, 2 }), ("strides", new[] { 2L, 2 })));
        _builder.Output(_builder.Node("Exp", [pool]));

        IntegerTwin.Of(Finish(Layer(pool, 4, 8, SameSize))).GiveTheSame().Count("NhwcMaxPool").ShouldBe(0);
    }

    [Theory]
    [InlineData("asymmetric", "floor", 2, 3)]
    [InlineData("half_pixel", "round_prefer_floor", 2, 2)]
    [InlineData("half_pixel", "round_prefer_ceil", 3, 4)]
    [InlineData("asymmetric", "round_prefer_floor", 2, 1)]
    public void RepeatsPixels(string coordinates, string rounding, float rows, float columns)
    {
        var twin = IntegerTwin.Of(Resized(coordinates, rounding, rows, columns)).GiveTheSame();

        twin.Count("Resize").ShouldBe(0);
        twin.Count("Expand").ShouldBe(1);
        twin.Count("Transpose").ShouldBe(2);
    }

    [Theory]
    [InlineData("asymmetric", "ceil", 2, 2)]
    [InlineData("asymmetric", "round_prefer_floor", 3, 3)]
    [InlineData("align_corners", "floor", 2, 2)]
    [InlineData("half_pixel", "round_prefer_floor", 1.5f, 2)]
    [InlineData("asymmetric", "floor", 2.05f, 2)]
    public void LeavesOtherResizesAlone(string coordinates, string rounding, float rows, float columns) =>
        IntegerTwin.Of(Resized(coordinates, rounding, rows, columns)).GiveTheSame().Count("Resize").ShouldBe(1);

    [Fact]
    public void WorksOnAnyBatch()
    {
        var input = _builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4), Dimension.Of(6), Dimension.Of(6)])));
        var x = _builder.Node("Relu", [Layer(input, 4, 8, SameSize)]);
        var scales = _builder.Initializer("scales", Tensor.Vector(1f, 1, 2, 2));
        x = _builder.Node("Resize", [x, null, scales], Of(("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")));

        IntegerTwin.Of(Finish(x)).GiveTheSame(batch: 3).Count("Expand").ShouldBe(1);
    }

    [Theory]
    [InlineData("asymmetric", "floor", 1)]
    [InlineData("half_pixel", "round_prefer_ceil", 1)]
    [InlineData("align_corners", "floor", 0)]
    [InlineData("asymmetric", "ceil", 0)]
    public void RepeatsPixelsOfPicturesOfAnySize(string coordinates, string rounding, int repeated)
    {
        var input = _builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Of(1), Dimension.Of(4), Dimension.Named("h"), Dimension.Named("w")])));
        var x = _builder.Node("Relu", [Layer(input, 4, 8, SameSize)]);
        var scales = _builder.Initializer("scales", Tensor.Vector(1f, 1, 3, 2));
        x = _builder.Node("Resize", [x, null, scales], Of(("coordinate_transformation_mode", coordinates), ("nearest_mode", rounding)));

        IntegerTwin.Of(Finish(x)).GiveTheSame(batch: 5).Count("Expand").ShouldBe(repeated);
    }

    [Fact]
    public void CancelsTheModelsOwnTransposes()
    {
        var x = Layer(Picture(), 4, 8, SameSize);
        var y = _builder.Node("GlobalAveragePool", [Layer(x, 8, 8, SameSize)]);
        var last = _builder.Node("Transpose", [y], Of(("perm", new[] { 0L, 2, 3, 1 })));
        var flat = _builder.Node("Reshape", [last, _builder.Initializer("shape", Tensor.Vector(1L, 8))]);
        var model = _builder.WithOutput(_builder.Node("MatMul", [flat, _builder.Initializer("m", Weights(60, 8, 5))]));

        IntegerTwin.Of(model).GiveTheSame().Count("Transpose").ShouldBe(1);
    }

    [Fact]
    public void LeavesOneDimensionalConvolutionsPlain()
    {
        var x = _builder.Input("x", ElementType.Float32, 1, 4, 16);
        var y = _builder.Node("Conv", [x, _builder.Initializer("w", Weights(1, 8, 4, 3))]);
        var model = _builder.WithOutput(_builder.Node("GlobalAveragePool", [_builder.Node("Conv", [y, _builder.Initializer("w", Weights(2, 4, 8, 3))])]));

        var twin = IntegerTwin.Of(model).GiveTheSame();

        twin.Count("Transpose").ShouldBe(0);
        twin.Written.Graph.NodesOf("QLinearConv").Count.ShouldBe(2);
    }

    [Fact]
    public void WritesSignedActivationsToo()
    {
        var x = _builder.Node("MaxPool", [Layer(Picture(), 4, 8, SameSize)], Of(("kernel_shape", new[] { 2L, 2 })));
        var y = _builder.Node("Add", [x, Layer(x, 8, 8, SameSize)]);

        var twin = IntegerTwin.Of(Finish(y), QuantizationScheme.Of(HardwareProfiles.Read("osx-arm64"))).GiveTheSame();

        twin.Count("NhwcMaxPool").ShouldBe(1);
        twin.Count("Transpose").ShouldBe(2);
    }

    [Fact]
    public void HoldsWhereTheSessionRewritesNothing()
    {
        var x = _builder.Node("Relu", [Layer(Picture(), 4, 8, SameSize)]);
        var y = Layer(_builder.Node("MaxPool", [_builder.Node("Add", [x, Layer(x, 8, 8, SameSize)])], Of(("kernel_shape", new[] { 2L, 2 }))), 8, 6, SameSize);
        var flat = _builder.Node("Flatten", [_builder.Node("GlobalAveragePool", [y])]);
        var model = _builder.WithOutput(_builder.Node("Gemm", [flat, _builder.Initializer("g", Weights(70, 6, 5))]));
        var written = IntegerTwin.Of(model).GiveTheSame().Written;
        using var rewritten = OrtModel.Load(written);
        using var plain = OrtModel.Load(written, ExecutionOptions.AsWritten);

        var inputs = ModelOutputs.NoiseFor(model);

        OutputComparison.Difference(rewritten.Run(inputs), plain.Run(inputs), PassTest.Tolerance).ShouldBeNull();
    }

    [Fact]
    public void TellsTheShapesOfWhatItWrites()
    {
        var x = _builder.Node("MaxPool", [Layer(Picture(), 4, 8, SameSize)], Of(("kernel_shape", new[] { 2L, 2 })));
        var written = Compile(Finish(_builder.Node("Concat", [x, _builder.Node("Sigmoid", [x])], Of(("axis", 1L)))), "int8").Model;

        var types = ShapeInference.Run(written);

        written.Graph.Nodes.ShouldAllBe(node => types.ShapeOf(node.Output) != null && types.ShapeOf(node.Output)!.IsFixed);
        types.ShapeOf(written.Graph.Nodes.Single(node => node.OpType == "NhwcMaxPool").Output).ShouldBe(Shape.Of(1, 5, 5, 8));
        types.ShapeOf(written.Graph.Nodes.Single(node => node.OpType == "QLinearConcat").Output).ShouldBe(Shape.Of(1, 5, 5, 16));
    }

    private Model Resized(string coordinates, string rounding, float rows, float columns)
    {
        var scales = _builder.Initializer("scales", Tensor.Vector(1f, 1, rows, columns));
        var attributes = Of(("coordinate_transformation_mode", coordinates), ("nearest_mode", rounding));
        return Finish(_builder.Node("Resize", [Layer(Picture(), 4, 8, SameSize), null, scales], attributes));
    }

    private Value Longs(params long[] values) => _builder.Initializer("longs", Tensor.Vector<long>(values));

    private Value Picture() => _builder.Input("x", ElementType.Float32, 1, 4, 6, 6);

    /// <summary>A last layer, and what makes it more than a dense head.</summary>
    private Model Finish(Value x)
    {
        var channels = ShapeInference.Run(_builder.Model).ShapeOf(x)![1].Size!.Value;
        return _builder.WithOutput(_builder.Node("GlobalAveragePool", [Layer(x, channels, 5, kernel: 1)]));
    }

    private Value Layer(Value x, long inputs, long outputs, params (string, AttributeValue)[] attributes) => Layer(x, inputs, outputs, 3, attributes);

    private Value Layer(Value x, long inputs, long outputs, long kernel, params (string Name, AttributeValue Value)[] attributes)
    {
        var group = attributes.FirstOrDefault(attribute => attribute.Name == "group").Value is AttributeValue.Int given ? given.Value : 1;
        var weight = Weights(++_seed, outputs, inputs / group, kernel, kernel);
        return _builder.Node("Conv", [x, _builder.Initializer("w", weight), _builder.Initializer("b", Weights(_seed + 100, outputs))], Of(attributes));
    }
}
