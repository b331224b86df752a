using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>
/// The experimental operators of ONNX's first years, which ONNX Runtime still runs below operator set 10: each is written out in operators that stayed.
/// </summary>
internal static class LiftLegacyOperators
{
    /// <summary>Affine(x)  =>  x·alpha + beta.</summary>
    public static void Affine(Node node, GraphEdit edit, InferredTypes types)
    {
        var scaled = Times(node.Input(0), node.GetFloat("alpha", 1), edit, types);
        Become(node, "Add", [scaled, Scalar(node, node.GetFloat("beta", 0), edit, types)], edit);
    }

    /// <summary>Scale(x)  =>  x·scale.</summary>
    public static void Scale(Node node, GraphEdit edit, InferredTypes types) =>
        Become(node, "Mul", [node.Input(0), Scalar(node, node.GetFloat("scale", 1), edit, types)], edit);

    /// <summary>ScaledTanh(x)  =>  alpha·tanh(beta·x).</summary>
    public static void ScaledTanh(Node node, GraphEdit edit, InferredTypes types)
    {
        var tanh = edit.AddNode("Tanh", [Times(node.Input(0), node.GetFloat("beta", 1), edit, types)]);
        Become(node, "Mul", [tanh.Output, Scalar(node, node.GetFloat("alpha", 1), edit, types)], edit);
    }

    /// <summary>ParametricSoftplus(x)  =>  alpha·ln(1 + e^(beta·x)).</summary>
    public static void ParametricSoftplus(Node node, GraphEdit edit, InferredTypes types)
    {
        var softplus = edit.AddNode("Softplus", [Times(node.Input(0), node.GetFloat("beta", 1), edit, types)]);
        Become(node, "Mul", [softplus.Output, Scalar(node, node.GetFloat("alpha", 1), edit, types)], edit);
    }

    /// <summary>ImageScaler(x)  =>  x·scale + bias, one bias for each channel.</summary>
    public static void ImageScaler(Node node, GraphEdit edit, InferredTypes types)
    {
        var scaled = Times(node.Input(0), node.GetFloat("scale", 1), edit, types);
        if (node.Attributes.GetValueOrDefault("bias") is not AttributeValue.Floats bias)
        {
            Become(node, "Identity", [scaled], edit);
            return;
        }

        var perChannel = Tensor.Of<float>([.. bias.Values], 1, bias.Values.Count, 1, 1);
        Become(node, "Add", [scaled, edit.AddInitializer("bias", perChannel)], edit);
    }

    /// <summary>Crop(x)  =>  Slice over the last two axes: <c>border</c> is left, top, right, bottom; <c>scale</c> is height, width.</summary>
    public static void Crop(Node node, GraphEdit edit)
    {
        if (node.GetInts("border") is not [var left, var top, var right, var bottom])
            throw new NotLiftableException("its border does not have four numbers");
        long[] ends = node.GetInts("scale") is [var height, var width]
            ? [top + height, left + width]
            : [bottom == 0 ? long.MaxValue : -bottom, right == 0 ? long.MaxValue : -right];
        Value Ints(string name, params long[] values) => edit.AddInitializer(name, Tensor.Vector<long>(values));
        Become(node, "Slice", [node.Input(0), Ints("starts", top, left), Ints("ends", ends), Ints("axes", 2, 3)], edit);
    }

    /// <summary>DynamicSlice  =>  Slice, which takes the same inputs from version 10 on.</summary>
    public static void DynamicSlice(Node node, GraphEdit edit) => Become(node, "Slice", [.. node.Inputs], edit);

    private static Value Times(Value? data, float factor, GraphEdit edit, InferredTypes types) =>
        edit.AddNode("Mul", [data, edit.AddInitializer("factor", ScalarLike.Of(data, factor, types))]).Output;

    private static Value Scalar(Node node, float value, GraphEdit edit, InferredTypes types) => edit.AddInitializer("constant", ScalarLike.Of(node.Input(0), value, types));

    private static void Become(Node node, string opType, Value?[] inputs, GraphEdit edit)
    {
        edit.Remove(node);
        edit.AddNode(opType, inputs, node.Outputs);
    }
}
