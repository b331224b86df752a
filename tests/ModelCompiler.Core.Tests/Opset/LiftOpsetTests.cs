using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Opset.Lifting;

namespace ModelCompiler.Tests.Opset;

public sealed class LiftOpsetTests
{
    [Theory]
    [InlineData("Squeeze", 13)]
    [InlineData("ReduceSum", 13)]
    [InlineData("ReduceMean", 18)]
    [InlineData("ReduceMax", 18)]
    [InlineData("ReduceL1", 18)]
    [InlineData("ReduceL2", 18)]
    [InlineData("ReduceLogSum", 18)]
    [InlineData("ReduceLogSumExp", 18)]
    [InlineData("ReduceMin", 18)]
    [InlineData("ReduceProd", 18)]
    [InlineData("ReduceSumSquare", 18)]
    public void MovesAxesToAnInput(string opType, long version)
    {
        var x = Tensor.Of([1f, 2, 3, 4, 5, 6], 2, 1, 3);

        var lifted = LiftsTo(version, OfOneNode(7, opType, x, new Attributes { ["axes"] = new long[] { 1 } }), x);

        lifted.Graph.Nodes.ShouldHaveSingleItem().Input(1)!.Constant!.ToLongs().ShouldBe([1L]);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(21)]
    public void LiftsUnsqueeze(long target)
    {
        var x = Noise(2, 3);
        LiftsTo(target, OfOneNode(7, "Unsqueeze", x, new Attributes { ["axes"] = new long[] { 0, 2 } }), x);
    }

    [Fact]
    public void LeavesAReductionOverAllAxesWithoutAxes()
    {
        var x = Noise(2, 3);
        LiftsTo(18, OfOneNode(7, "ReduceMean", x), x).Graph.Nodes.ShouldHaveSingleItem().Inputs.Count.ShouldBe(1);
    }

    [Fact]
    public void LiftsClipWithOneBoundAndWithBoth()
    {
        var x = Noise(3, 4);
        LiftsTo(13, OfOneNode(7, "Clip", x, new Attributes { ["min"] = -0.5f, ["max"] = 1f }), x);
        LiftsTo(13, OfOneNode(7, "Clip", x, new Attributes { ["max"] = 1f }), x);
        LiftsTo(13, OfOneNode(7, "Clip", x), x);
    }

    [Fact]
    public void GivesClipBoundsOfTheDatasType()
    {
        var x = new Tensor(ElementType.Float16, [2], Tensor.Vector<Half>((Half)(-3), (Half)3).Data);
        var builder = new GraphBuilder(7);
        builder.Output(builder.Node("Clip", [builder.Input("x", ElementType.Float16, 2)], new Attributes { ["min"] = -1f }), "y", new TensorType(ElementType.Float16, Shape.Of(2)));

        LiftsTo(13, builder.Model, x).Graph.Nodes.ShouldHaveSingleItem().Input(1)!.Constant!.Type.ShouldBe(ElementType.Float16);
    }

    [Fact]
    public void LiftsPadWithItsValue()
    {
        var x = Noise(2, 3);
        LiftsTo(13, OfOneNode(7, "Pad", x, new Attributes { ["pads"] = new long[] { 0, 1, 2, 0 }, ["value"] = 3f }), x);
        LiftsTo(18, OfOneNode(7, "Pad", x, new Attributes { ["pads"] = new long[] { 0, 1, 0, 1 }, ["mode"] = "reflect" }), x);
    }

    [Fact]
    public void LiftsSliceWithAndWithoutAxes()
    {
        var x = Noise(4, 5);
        LiftsTo(13, OfOneNode(7, "Slice", x, new Attributes { ["axes"] = new long[] { 1 }, ["starts"] = new long[] { -4 }, ["ends"] = new long[] { 1000 } }), x);
        LiftsTo(13, OfOneNode(7, "Slice", x, new Attributes { ["starts"] = new long[] { 1, 2 }, ["ends"] = new long[] { -1, 4 } }), x);
    }

    [Fact]
    public void LiftsTopK()
    {
        var x = Noise(3, 6);
        var builder = new GraphBuilder(7);
        var values = builder.Nodes("TopK", [builder.Input("x", ElementType.Float32, 3, 6)], 2, new Attributes { ["k"] = 2L })[0];
        builder.Output(values, "y", new TensorType(ElementType.Float32, null));

        LiftsTo(11, builder.Model, x);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(18)]
    public void LiftsSplitIntoEqualAndIntoGivenParts(long target)
    {
        var x = Noise(2, 6);
        LiftsTo(target, OfSplit(new Attributes { ["axis"] = 1L }), x);
        LiftsTo(target, OfSplit(new Attributes { ["axis"] = 1L, ["split"] = new long[] { 4, 2 } }), x);

        Model OfSplit(Attributes attributes)
        {
            var builder = new GraphBuilder(7);
            var parts = builder.Nodes("Split", [builder.Input("x", ElementType.Float32, 2, 6)], 2, attributes);
            builder.Output(builder.Node("Identity", [parts[1]]), "y", new TensorType(ElementType.Float32, null));
            return builder.Model;
        }
    }

    [Fact]
    public void LiftsDropoutOfInference()
    {
        var x = Noise(2, 6);
        LiftsTo(13, OfOneNode(7, "Dropout", x, new Attributes { ["ratio"] = 0.3f }), x).Graph.Nodes.ShouldHaveSingleItem().Input(1).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(15)]
    public void LiftsBatchNormalization(long target)
    {
        var x = Noise(2, 3, 4);
        var (scale, bias, mean, variance) = (Tensor.Vector(1f, 2, 3), Tensor.Vector(0f, 1, -1), Tensor.Vector(0.5f, 0, -0.5f), Tensor.Vector(1f, 4, 0.25f));
        LiftsTo(target, OfOneNode(7, "BatchNormalization", x, new Attributes { ["spatial"] = 1L, ["epsilon"] = 1e-3f }, scale, bias, mean, variance), x);
    }

    [Fact]
    public void RenamesScatter()
    {
        var x = Noise(3, 3);
        LiftsTo(13, OfOneNode(9, "Scatter", x, new Attributes { ["axis"] = 1L }, Tensor.Of([2L, 0], 1, 2), Tensor.Of([7f, 8], 1, 2)), x);
    }

    [Fact]
    public void KeepsTheCoordinatesOfRoiAlign()
    {
        var x = Noise(1, 2, 8, 8);
        var attributes = new Attributes { ["output_height"] = 3L, ["output_width"] = 3L, ["sampling_ratio"] = 2L, ["spatial_scale"] = 1f };
        LiftsTo(16, OfOneNode(10, "RoiAlign", x, attributes, Tensor.Of([1f, 1, 6, 5], 1, 4), Tensor.Vector(0L)), x);
    }

    [Theory]
    [InlineData("bilinear")]
    [InlineData("bicubic")]
    [InlineData("nearest")]
    public void RenamesTheModesOfGridSample(string mode)
    {
        var x = Noise(1, 1, 4, 4);
        LiftsTo(20, OfOneNode(16, "GridSample", x, new Attributes { ["mode"] = mode }, Tensor.Of([-0.5f, 0.3f, 0.1f, 0.9f], 1, 1, 2, 2)), x);
    }

    [Fact]
    public void TurnsTheAxisOfDftIntoAnInput()
    {
        var x = Noise(1, 4, 3, 1);
        LiftsTo(20, OfOneNode(17, "DFT", x), x);
    }

    [Fact]
    public void GivesGroupNormalizationAScaleForEachChannel()
    {
        var x = Noise(2, 6, 3);
        var attributes = new Attributes { ["num_groups"] = 2L };
        LiftsTo(21, OfOneNode(18, "GroupNormalization", x, attributes, Tensor.Vector(2f, 3), Tensor.Vector(0.5f, -1)), x);
    }

    [Fact]
    public void LeavesAModelAtTheTargetAlone()
    {
        var model = OfOneNode(13, "Relu", Noise(2));
        var context = new PassContext();

        PassRunner.Run(model, [new LiftOpset(13)], context);

        context.Log.ShouldBeEmpty();
    }

    [Fact]
    public void LiftsNodesInsideControlFlow()
    {
        var x = Noise(2, 3);
        var builder = new GraphBuilder(11);
        var input = builder.Input("x", ElementType.Float32, 2, 3);
        var condition = builder.Initializer("condition", Tensor.Scalar(true));
        var squeezed = builder.Nested("then", inner => inner.Output(inner.Node("ReduceSum", [input], new Attributes { ["axes"] = new long[] { 1 } }), "a", new TensorType(ElementType.Float32, null)));
        var plain = builder.Nested("else", inner => inner.Output(inner.Node("Identity", [input]), "b", new TensorType(ElementType.Float32, null)));
        builder.Output(builder.Node("If", [condition], new Attributes { ["then_branch"] = squeezed, ["else_branch"] = plain }), "y", new TensorType(ElementType.Float32, null));

        LiftsTo(13, builder.Model, x);
    }

    [Fact]
    public void RefusesWhatHasNoEqualAndNamesIt()
    {
        var model = OfOneNode(8, "BatchNormalization", Noise(2, 3), new Attributes { ["spatial"] = 0L }, Noise(3), Noise(3), Noise(3), Noise(3));

        var diagnostic = RefusesToLift(13, model).Diagnostic;

        diagnostic.Rule.ShouldBe(DiagnosticRules.OpsetNotLiftable);
        diagnostic.Message.ShouldContain("BatchNormalization");
        diagnostic.Message.ShouldContain("operator set 9");
    }

    [Fact]
    public void RefusesOperatorSetsBeforeSeven() =>
        RefusesToLift(13, OfOneNode(6, "Relu", Noise(2))).Diagnostic.Rule.ShouldBe(DiagnosticRules.OpsetNotLiftable);

    [Fact]
    public void LiftsEveryRealModelOfAnOldOperatorSet()
    {
        foreach (var path in new[] { "models/squeezenet/squeezenet_fp32.onnx", "models/mnist/mnist-cntk.onnx", "models/yolox-nano/yolox_nano.onnx" })
        {
            using var model = OnnxReader.Read(SharedData.Require(path));
            using var lifted = model.Clone();
            PassRunner.Run(lifted, [new LiftOpset(18), new RaiseIrVersion()], new PassContext());

            ModelOutputs.MaxRelativeError(model, lifted).ShouldBeLessThan(1e-4, path);
        }
    }
}
