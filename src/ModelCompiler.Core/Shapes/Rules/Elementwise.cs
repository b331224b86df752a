using ModelCompiler.Contract;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Operators that work element by element, with broadcasting where they take several tensors.</summary>
internal static class Elementwise
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("Abs Acos Acosh Asin Asinh Atan Atanh Ceil Celu Cos Cosh Elu Erf Exp Floor Gelu HardSigmoid HardSwish Identity LeakyRelu Log Mish Neg "
            + "Reciprocal Relu Round Selu Shrink Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Tan Swish Tanh ThresholdedRelu BitwiseNot Clip PRelu "
            + "Softmax LogSoftmax Hardmax CumSum Trilu Bernoulli ReverseSequence "
            + "Affine ImageScaler ParametricSoftplus ScaledTanh", Same),
        ("Not IsNaN IsInf", SameAsBool),
        ("Add Sub Mul Div Pow Mod BitwiseAnd BitwiseOr BitwiseXor BitShift", Broadcast),
        ("Sum Mean Max Min", BroadcastAll),
        ("And Or Xor Equal Less Greater LessOrEqual GreaterOrEqual", Compare),
        ("Where", Where),
        ("Cast", Cast),
        ("CastLike", CastLike),
        ("Dropout", Dropout),
    ];

    /// <summary>The first input's type.</summary>
    public static void Same(NodeInference node) => node.Set(0, node.Element(0), node.Shape(0));

    private static void SameAsBool(NodeInference node) => node.Set(0, ElementType.Bool, node.Shape(0));

    private static void Broadcast(NodeInference node) =>
        node.Set(0, FirstKnownElement(node), node.Opset < 7 ? node.Shape(0) : Dimensions.Broadcast(node.Shape(0), node.Shape(1)));

    private static void BroadcastAll(NodeInference node)
    {
        var shape = node.Shape(0);
        for (var i = 1; i < node.Node.Inputs.Count; i++)
            shape = Dimensions.Broadcast(shape, node.Shape(i));
        node.Set(0, FirstKnownElement(node), node.Opset < 8 ? node.Shape(0) : shape);
    }

    /// <summary>All operands have one type, except for the shift of a BitShift and the exponent of a Pow, which come second.</summary>
    private static ElementType FirstKnownElement(NodeInference node)
    {
        var operands = node.Node.OpType is "Pow" or "BitShift" ? 1 : node.Node.Inputs.Count;
        return Enumerable.Range(0, operands).Select(node.Element).FirstOrDefault(element => element != ElementType.Undefined);
    }

    private static void Compare(NodeInference node) =>
        node.Set(0, ElementType.Bool, node.Opset < 7 ? node.Shape(0) : Dimensions.Broadcast(node.Shape(0), node.Shape(1)));

    private static void Where(NodeInference node) =>
        node.Set(0, node.Element(1), Dimensions.Broadcast(node.Shape(0), Dimensions.Broadcast(node.Shape(1), node.Shape(2))));

    private static void Cast(NodeInference node) => node.Set(0, (ElementType)node.Node.GetInt("to", 0), node.Shape(0));

    private static void CastLike(NodeInference node) => node.Set(0, node.Element(1), node.Shape(0));

    private static void Dropout(NodeInference node)
    {
        Same(node);
        node.Set(1, node.Opset >= 10 ? ElementType.Bool : ElementType.Undefined, node.Shape(0));
    }
}
