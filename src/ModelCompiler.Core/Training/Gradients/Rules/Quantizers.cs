using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>
/// Rounding to integers, as if it were none: gradients pass straight through (Bengio et al. 2013, arXiv:1308.3432), but where numbers are clipped; and scales learn
/// (LSQ, Esser et al. 2019, arXiv:1902.08153).
/// </summary>
/// <remarks>
/// The gradient of an integer q is the gradient by the number (q − z)·s that it stands for. With that, the two operators together give a scale just what LSQ
/// does: Σ g·(round(x/s) − x/s) over the numbers inside, Σ g·(the end in steps) over the clipped ones.
/// </remarks>
internal static class Quantizers
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("QuantizeLinear", new GradientRule(Quantize) { Refusal = ReasonNotToQuantize }),
        ("DequantizeLinear", new GradientRule(Dequantize) { Refusal = ReasonNotToDequantize }),
        ("Round", (GradientRule)Round),
    ];

    /// <summary>True where numbers are lost sight of: integers that others than a DequantizeLinear read.</summary>
    public static bool LosesTrack(Node node) => node.Is("QuantizeLinear") && node.Output.Uses.Any(use => !use.Node.Is("DequantizeLinear"));

    /// <summary>q = clip(round(x/s) + z): ∂x = g where x/s + z is not clipped, else 0; ∂s = −Σ ∂x·x/s.</summary>
    private static void Quantize(GradientNode node)
    {
        var groups = ScaleGroups.Of(node);
        if (!node.Wants(0) && !node.Wants(1))
            return;
        var inside = Inside(node, groups);
        node.Give(0, () => inside);
        node.Give(1, () => node.Make.Neg(node.Make.Div(groups.SumOfProducts(inside, node.Input(0), node.Make), node.Input(1))));
    }

    /// <summary>y = (q − z)·s: what q stands for has y's gradient; ∂s = Σ g·y/s.</summary>
    private static void Dequantize(GradientNode node)
    {
        node.Give(0, () => node.Gradient);
        node.Give(1, () => node.Make.Div(ScaleGroups.Of(node).SumOfProducts(node.Gradient, node.Output, node.Make), node.Input(1)));
    }

    private static void Round(GradientNode node) => node.Give(0, () => node.Gradient);

    /// <summary>The gradient where clipping to the ends of the range changes nothing. Of the forms that know both ends none is faster; a selection by Where takes a third longer.</summary>
    private static Value Inside(GradientNode node, ScaleGroups groups)
    {
        var make = node.Make;
        var x = groups.Split(node.Input(0), make);
        var (least, greatest) = QuantizedRange.Of(node);
        var (low, high) = (End(least), End(greatest));
        var clipped = groups.IsWhole ? make.Node("Clip", x, low, high) : make.Node("Min", make.Node("Max", x, low), high);
        var isInside = make.ToFloat(make.Node("Equal", clipped, x));
        return groups.Join(make.Mul(groups.Split(node.Gradient, make), isInside), make);

        Value End(float[] steps) => node.Constant(1) is { } scale
            ? make.Constant(groups.Spread(Tensor.Of([.. scale.ToFloats().Zip(steps, (size, count) => size * count)], scale.Dims)))
            : groups.Spread(make.Mul(node.Input(1), make.Constant(Tensor.Of(steps, node.Dims(1)))), make);
    }

    private static string? ReasonNotToQuantize(NodeShapes node) =>
        LosesTrack(node.Node) ? "its integers are not only dequantized" :
        !node.IsFloat(0) || !node.IsFloat(1) ? "it does not read float32" :
        QuantizedRange.ReasonNotToKnow(node) ?? ScaleGroups.ReasonAgainst(node);

    private static string? ReasonNotToDequantize(NodeShapes node) => ScaleGroups.ReasonAgainst(node);
}
