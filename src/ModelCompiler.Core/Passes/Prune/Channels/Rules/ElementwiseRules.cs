namespace ModelCompiler.Passes;

/// <summary>Operators that work element by element.</summary>
internal static class ElementwiseRules
{
    /// <summary>Before these operator sets, operands were aligned by attributes instead of at their last axis.</summary>
    private const long Broadcasts = 7;

    private const long VariadicBroadcasts = 8;

    public static IEnumerable<(string, ChannelRule)> Rules =>
    [
        ("Abs Acos Acosh Asin Asinh Atan Atanh Ceil Celu Cos Cosh Elu Erf Exp Floor Gelu HardSigmoid HardSwish Identity LeakyRelu Log Mish Neg "
            + "Reciprocal Relu Round Selu Shrink Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu BitwiseNot Not IsNaN IsInf Cast "
            + "Affine ParametricSoftplus ScaledTanh", Same),
        ("Clip Dropout CastLike", SameWithScalars),
        ("Add Sub Mul Div Pow Mod And Or Xor Equal Less Greater LessOrEqual GreaterOrEqual BitwiseAnd BitwiseOr BitwiseXor BitShift PRelu", node => Broadcast(node, Broadcasts)),
        ("Sum Mean Max Min Where", node => Broadcast(node, VariadicBroadcasts)),
    ];

    /// <summary>One input, and outputs of its shape.</summary>
    public static void Same(NodeChannels node)
    {
        if (node.Input(0) is not { } x)
            return;
        for (var i = 0; i < node.Node.Outputs.Count; i++)
            node.Set(i, x);
    }

    /// <summary>Inputs beside the first are scalars, or give no more than their type.</summary>
    private static void SameWithScalars(NodeChannels node)
    {
        Same(node);
        for (var i = 1; i < node.Node.Inputs.Count; i++)
            node.Input(i);
    }

    private static void Broadcast(NodeChannels node, long since)
    {
        var inputs = Enumerable.Range(0, node.Node.Inputs.Count).ToArray();
        if (node.Opset < since && inputs.Length > 1 && !HaveOneShape(node))
            node.Refuse($"{node.Node} broadcasts by the rules of an old operator set");
        else if (inputs.Length == 0 || inputs.Any(index => node.Input(index) is null))
            node.Refuse($"{node.Node} reads a value of unknown shape");
        else
            node.Set(0, Broadcasting.Join(node, inputs));
    }

    private static bool HaveOneShape(NodeChannels node)
    {
        var shapes = Enumerable.Range(0, node.Node.Inputs.Count).Select(node.Shape).ToArray();
        return shapes[0] is { IsFixed: true } first && Array.TrueForAll(shapes, first.Equals);
    }
}
