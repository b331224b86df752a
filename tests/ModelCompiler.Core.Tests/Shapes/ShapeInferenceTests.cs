using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Tests.Passes;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Shapes;

public sealed class ShapeInferenceTests
{
    /// <summary>Operators whose axes, pads or sizes moved between attributes and inputs, in both forms. x is float[2,3,8,8].</summary>
    public static TheoryData<string, long, Func<GraphBuilder, Value, Value>> BothEras => new()
    {
        { "Slice", 9, (b, x) => b.Node("Slice", [x], Of(("axes", new[] { 2L, -1 }), ("starts", new[] { 1L, -3 }), ("ends", new[] { 1000L, -1 }))) },
        { "Slice without axes", 9, (b, x) => b.Node("Slice", [x], Of(("starts", new[] { 1L }), ("ends", new[] { 2L }))) },
        { "Slice", 13, (b, x) => b.Node("Slice", [x, Longs(b, 7, 1), Longs(b, long.MinValue, 8), Longs(b, 3, 2), Longs(b, -2, 3)]) },
        { "Squeeze", 11, (b, x) => b.Node("Squeeze", [b.Node("Unsqueeze", [x], Of(("axes", new[] { 0L, 5 })))], Of(("axes", new[] { 0L }))) },
        { "Squeeze", 13, (b, x) => b.Node("Squeeze", [b.Node("Unsqueeze", [x, Longs(b, -1, 0)]), Longs(b, 5)]) },
        { "Squeeze of all", 13, (b, x) => b.Node("Squeeze", [b.Node("Unsqueeze", [x, Longs(b, -1, 0)])]) },
        { "Pad", 9, (b, x) => b.Node("Pad", [x], Of(("pads", new[] { 0L, 0, 1, 2, 0, 1, -1, 4 }))) },
        { "Pad", 13, (b, x) => b.Node("Pad", [x, Longs(b, 0, 0, 1, 2, 0, 1, -1, 4)]) },
        { "Pad of some axes", 18, (b, x) => b.Node("Pad", [x, Longs(b, 1, 2), null, Longs(b, -1)]) },
        { "Split", 11, (b, x) => b.Nodes("Split", [x], 2, Of(("axis", 2L), ("split", new[] { 3L, 5 })))[1] },
        { "Split in equal parts", 13, (b, x) => b.Nodes("Split", [x], 2, Of(("axis", -1L)))[1] },
        { "Split in unequal parts", 18, (b, x) => b.Nodes("Split", [x], 3, Of(("axis", 3L), ("num_outputs", 3L)))[2] },
        { "ReduceSum", 11, (b, x) => b.Node("ReduceSum", [x], Of(("axes", new[] { 1L, -1 }), ("keepdims", 0L))) },
        { "ReduceSum", 13, (b, x) => b.Node("ReduceSum", [x, Longs(b, 1, -1)]) },
        { "ReduceSum of nothing", 13, (b, x) => b.Node("ReduceSum", [x], Of(("noop_with_empty_axes", 1L))) },
        { "ReduceMean of all", 17, (b, x) => b.Node("ReduceMean", [x], Of(("keepdims", 0L))) },
        { "TopK", 9, (b, x) => b.Nodes("TopK", [x], 2, Of(("k", 2L)))[0] },
        { "TopK", 13, (b, x) => b.Nodes("TopK", [x, Longs(b, 2)], 2, Of(("axis", 2L)))[1] },
        { "Upsample", 7, (b, x) => b.Node("Upsample", [x], Of(("scales", new[] { 1f, 1f, 2f, 1.6f }))) },
        { "Upsample", 9, (b, x) => b.Node("Upsample", [x, Floats(b, 1f, 1f, 2f, 1.6f)]) },
        { "Resize by scales", 10, (b, x) => b.Node("Resize", [x, Floats(b, 1f, 1f, 0.6f, 1.6f)]) },
        { "Resize by scales", 13, (b, x) => b.Node("Resize", [x, null, Floats(b, 1f, 1f, 0.6f, 1.6f)]) },
        { "Resize to sizes", 13, (b, x) => b.Node("Resize", [x, null, null, Longs(b, 2, 3, 5, 11)]) },
        { "Dropout", 7, (b, x) => b.Node("Dropout", [x]) },
        { "MaxPool with ceil_mode", 12, (b, x) => b.Node("MaxPool", [x], Of(("kernel_shape", new[] { 3L, 3 }), ("strides", new[] { 2L, 2 }), ("ceil_mode", 1L))) },
        { "MaxPool that pads itself", 12, (b, x) => b.Node("MaxPool", [x], Of(("kernel_shape", new[] { 3L, 2 }), ("strides", new[] { 3L, 3 }), ("auto_pad", "SAME_UPPER"))) },
        { "AveragePool", 12, (b, x) => b.Node("AveragePool", [x], Of(("kernel_shape", new[] { 3L, 3 }), ("pads", new[] { 1L, 0, 2, 1 }))) },
        { "GlobalMaxPool", 12, (b, x) => b.Node("GlobalMaxPool", [x]) },
        { "Conv with dilations", 12, (b, x) => b.Node("Conv", [x, Weight(b, 4, 3, 3, 2)], Of(("dilations", new[] { 2L, 3 }), ("strides", new[] { 1L, 2 }))) },
        { "Conv that pads itself", 12, (b, x) => b.Node("Conv", [x, Weight(b, 4, 3, 3, 2)], Of(("auto_pad", "SAME_LOWER"), ("strides", new[] { 3L, 2 }))) },
        { "ConvTranspose", 12, (b, x) => b.Node("ConvTranspose", [x, Weight(b, 3, 2, 3, 2)], Of(("strides", new[] { 2L, 3 }), ("pads", new[] { 1L, 0, 1, 1 }), ("output_padding", new[] { 1L, 0 }))) },
        { "ConvTranspose that pads itself", 12, (b, x) => b.Node("ConvTranspose", [x, Weight(b, 3, 2, 3, 3)], Of(("strides", new[] { 2L, 2 }), ("auto_pad", "SAME_UPPER"))) },
        { "Flatten", 12, (b, x) => b.Node("Flatten", [x], Of(("axis", -2L))) },
        { "Gather", 12, (b, x) => b.Node("Gather", [x, b.Initializer("i", Tensor.Of([0L, 1L, 1L], 3, 1))], Of(("axis", 1L))) },
        { "Expand", 12, (b, x) => b.Node("Expand", [b.Node("GlobalMaxPool", [x]), Longs(b, 4, 1, 1, 5, 1)]) },
        { "DepthToSpace", 12, (b, x) => b.Node("DepthToSpace", [b.Node("SpaceToDepth", [x], Of(("blocksize", 4L)))], Of(("blocksize", 2L))) },
        { "OneHot", 12, (b, x) => b.Node("OneHot", [b.Node("ArgMax", [x], Of(("axis", 1L))), Longs(b, 6), Floats(b, 0f, 1f)], Of(("axis", 2L))) },
        { "MatMul of a vector", 12, (b, x) => b.Node("MatMul", [x, Weight(b, 8)]) },
        { "Reshape by the shape of another", 12, (b, x) => b.Node("Reshape", [x, b.Node("Shape", [b.Node("Transpose", [x])])]) },
    };

    [Theory]
    [MemberData(nameof(BothEras), DisableDiscoveryEnumeration = true)]
    public void SaysInFullWhatOnnxRuntimeMakes(string what, long opset, Func<GraphBuilder, Value, Value> node)
    {
        var builder = new GraphBuilder(opset);
        var x = builder.Input("x", ElementType.Float32, 2, 3, 8, 8);
        var y = node(builder, x);
        builder.Output(y, "y");

        var observed = ShapeObservation.Run(builder.Model, RandomTensors.ForInputs(builder.Model, seed: 1));

        ShapeInference.Run(builder.Model).TypeOf(y).ShouldBe(observed[y], $"{what}-{opset}");
    }

    [Fact]
    public void FollowsANamedSizeThroughTheShapeComputationsOfExporters()
    {
        var builder = new GraphBuilder(opset: 13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(12), Dimension.Of(4)])));
        var batch = builder.Node("Unsqueeze", [builder.Node("Gather", [builder.Node("Shape", [x]), builder.Initializer("zero", Tensor.Scalar(0L))]), Longs(builder, 0)]);
        var shape = builder.Node("Concat", [batch, Longs(builder, 3, -1)], Of(("axis", 0L)));
        var y = builder.Node("Reshape", [x, shape]);
        builder.Output(y, "y");

        ShapeInference.Run(builder.Model).ShapeOf(y).ShouldBe(new Shape([Dimension.Named("batch"), Dimension.Of(3), Dimension.Of(16)]));
    }

    [Fact]
    public void DoesNotTakeAxesForEqualThatBearTheSameName()
    {
        var builder = new GraphBuilder(opset: 13);
        var none = Dimension.Named("None");
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([none, none])));
        var turned = builder.Node("Transpose", [x], Of(("perm", new[] { 1L, 0 })));
        var y = builder.Node("Reshape", [turned, builder.Node("Shape", [x])]);
        builder.Output(y, "y");

        var types = ShapeInference.Run(builder.Model);

        types.ShapeOf(turned)![0].ShouldNotBe(types.ShapeOf(turned)![1]);
        types.ShapeOf(y).ShouldBe(types.ShapeOf(x));
        types.ShapeOf(y).ShouldNotBe(types.ShapeOf(turned));
    }

    [Fact]
    public void DoesNotTrustTheDeclaredShapesOfInnerValues()
    {
        var builder = new GraphBuilder(opset: 13);
        var x = builder.Input("x", new TensorType(ElementType.Float32, null));
        var y = builder.Node("Relu", [x]);
        builder.Output(y, "y", new TensorType(ElementType.Float32, Shape.Of(1, 2, 3)));

        ShapeInference.Run(builder.Model).ShapeOf(y).ShouldBeNull();
    }

    [Fact]
    public void SaysNothingOfAnOperatorThatTheModelDefinesItself()
    {
        var builder = new GraphBuilder(opset: 13);
        var y = builder.Node("Relu", [builder.Input("x", ElementType.Float32, 2)]);
        builder.Output(y, "y");
        builder.Model.Functions = [new ModelFunction("", "Relu", new object())];

        ShapeInference.Run(builder.Model).TypeOf(y).ShouldBeNull();
    }

    private static Value Longs(GraphBuilder builder, params long[] values) => builder.Initializer("i", Tensor.Vector<long>(values));

    private static Value Floats(GraphBuilder builder, params float[] values) => builder.Initializer("f", Tensor.Vector<float>(values));

    private static Value Weight(GraphBuilder builder, params long[] dims) => builder.Initializer("w", RandomTensors.Floats(new Random(1), dims));
}
