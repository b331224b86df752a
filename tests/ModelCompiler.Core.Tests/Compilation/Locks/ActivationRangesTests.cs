using ModelCompiler.Compilation.Locks;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Tests.Compilation.Locks;

public sealed class ActivationRangesTests
{
    /// <summary>x → Q → QLinearConv → DQ → Q/DQ in another scale → y: each activation once, weights not at all, scales in four digits.</summary>
    [Fact]
    public void EachActivationIsNamedAfterItsScale()
    {
        var builder = new GraphBuilder(13);
        var x = builder.Input("x", ElementType.Float32, 1, 1, 2, 2);
        var (xs, xz) = (builder.Initializer("x_scale", Tensor.Scalar(0.0123456f)), builder.Initializer("x_zero_point", Tensor.Scalar((byte)128)));
        var (ws, wz) = (builder.Initializer("w_scale", Tensor.Vector<float>([0.5f])), builder.Initializer("w_zero_point", Tensor.Vector<sbyte>([0])));
        var (ys, yz) = (builder.Initializer("conv_scale", Tensor.Scalar(2f)), builder.Initializer("conv_zero_point", Tensor.Scalar((byte)3)));
        var other = builder.Initializer("step", Tensor.Scalar(4f));
        var w = builder.Initializer("w", Tensor.Of([(sbyte)1], 1, 1, 1, 1));
        var integers = builder.Node("QuantizeLinear", [x, xs, xz]);
        var conv = builder.Node("QLinearConv", [integers, xs, xz, w, ws, wz, ys, yz]);
        var floats = builder.Node("DequantizeLinear", [conv, ys, yz]);
        var y = builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [floats, other, yz]), other, yz]);
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "m.onnx");
        using (var model = builder.Output(y, "y", new TensorType(ElementType.Float32, Shape.Of(1, 1, 2, 2))).Model)
            OnnxWriter.Write(model, path);

        ActivationRanges.Of(path).ShouldBe([new LockedRange("x", "scale 0.01235, zero 128"), new LockedRange("conv", "scale 2, zero 3"), new LockedRange("step", "scale 4, zero 3")]);
    }
}
