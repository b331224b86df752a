using ModelCompiler.Contract;
using ModelCompiler.Cost;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Cost;

public sealed class ModelCostTests
{
    [Fact]
    public void CountsWhatAConvDoes()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", new TensorType(ElementType.Float32, new Shape([Dimension.Named("batch"), Dimension.Of(4), Dimension.Of(8), Dimension.Of(8)])));
        var weight = builder.Initializer("w", Tensor.Of(new float[6 * 2 * 3 * 3], 6, 2, 3, 3));
        var bias = builder.Initializer("b", Tensor.Of(new float[6], 6));
        var conv = builder.Node("Conv", [x, weight, bias], Of(("group", 2L), ("strides", new[] { 2L, 2L }), ("pads", new[] { 1L, 1, 1, 1 })));
        builder.Output(builder.Node("Relu", [conv]), "y");

        var cost = ModelCost.Of(builder.Model);

        cost.Parameters.ShouldBe((6 * 2 * 9) + 6);
        cost.WeightBytes.ShouldBe(4 * cost.Parameters);
        cost.Macs.ShouldBe(6 * 4 * 4 * (2 * 9));
        cost.PeakActivationBytes.ShouldBe(4 * ((4 * 8 * 8) + (6 * 4 * 4)));
    }

    [Fact]
    public void CountsMatrixProductsAndRecurrentLayers()
    {
        var builder = new GraphBuilder(opset: 17);
        var x = builder.Input("x", ElementType.Float32, 5, 1, 3);
        var w = builder.Initializer("w", Tensor.Of(new float[4 * 7 * 3], 1, 28, 3));
        var r = builder.Initializer("r", Tensor.Of(new float[4 * 7 * 7], 1, 28, 7));
        var states = builder.Nodes("LSTM", [x, w, r], 1, Of(("hidden_size", 7L)))[0];
        var rows = builder.Node("Reshape", [states, builder.Initializer("shape", Tensor.Vector(5L, 7L))]);
        var product = builder.Node("MatMul", [rows, builder.Initializer("m", Tensor.Of(new float[7 * 11], 7, 11))]);
        builder.Output(builder.Node("Gemm", [product, builder.Initializer("g", Tensor.Of(new float[13 * 11], 13, 11))], Of(("transB", 1L))), "y");

        ModelCost.Of(builder.Model).Macs.ShouldBe((5 * 4 * 7 * (3 + 7)) + (5 * 7 * 11) + (5 * 11 * 13));
    }

    [Fact]
    public void SaysNothingWhereSizesAreOpen()
    {
        var builder = new GraphBuilder(opset: 17);
        var open = new Shape([Dimension.Of(1), Dimension.Of(3), Dimension.Named("height"), Dimension.Named("width")]);
        var x = builder.Input("x", new TensorType(ElementType.Float32, open));
        builder.Output(builder.Node("Conv", [x, builder.Initializer("w", Tensor.Of(new float[2 * 3 * 3 * 3], 2, 3, 3, 3))]), "y");

        var cost = ModelCost.Of(builder.Model);
        cost.Parameters.ShouldBe(54);
        cost.Macs.ShouldBeNull();
        cost.PeakActivationBytes.ShouldBeNull();

        ModelCost.Of(builder.Model, new Dictionary<Value, Shape> { [x] = Shape.Of(1, 3, 10, 10) }).Macs.ShouldBe(2 * 8 * 8 * 27);
    }

    [Theory]
    [InlineData("cifar10-resnet20/cifar10_resnet20.onnx", 40.5, 41.1, 0.27)] // He et al. 2016: 0.27 M parameters; 40.8 M multiply-accumulates
    [InlineData("squeezenet/squeezenet_fp32.onnx", 340, 400, 1.24)]          // Iandola et al. 2016: SqueezeNet 1.1, 1.24 M parameters, 2.4 times fewer than 1.0's 0.86 G
    public void AgreesWithPublishedFigures(string file, double atLeast, double atMost, double parameters)
    {
        using var model = OnnxReader.Read(SharedData.Require($"models/{file}"));

        var cost = ModelCost.Of(model);
        (cost.Macs!.Value / 1e6).ShouldBeInRange(atLeast, atMost);
        (cost.Parameters / 1e6).ShouldBe(parameters, 0.01);
        cost.PeakActivationBytes.ShouldNotBeNull();

        Pipelines.RunSimplify(model, new PassContext());
        ModelCost.Of(model).Macs.ShouldBe(cost.Macs);
    }
}
