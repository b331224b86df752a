using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Sums, means, extremes and norms over axes. x is what they read, y what they make, g its gradient; both with the reduced axes as size 1.</summary>
internal static class Reductions
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("ReduceSum", Rule(Sum)),
        ("ReduceMean", Rule(Mean)),
        ("ReduceMax ReduceMin", Rule(Extreme)),
        ("ReduceLogSumExp", Rule(LogSumExp)),
        ("ReduceSumSquare", RuleOfElements(SumSquare)),
        ("ReduceL1", RuleOfElements(L1)),
        ("ReduceL2", RuleOfElements(L2)),
        ("ReduceLogSum", RuleOfElements(LogSum)),
        ("CumSum", (GradientRule)CumSum),
    ];

    /// <summary>∂x = g, repeated.</summary>
    private static void Sum(GradientNode node) => node.Give(0, () => Repeated(node, Kept(node, node.Gradient)));

    /// <summary>∂x = g ÷ n, repeated, where n elements are one mean.</summary>
    private static void Mean(GradientNode node) => node.Give(0, () =>
        Repeated(node, Kept(node, node.Make.Mul(node.Gradient, 1f / AxesOf(node)!.Aggregate(1L, (count, axis) => count * node.Dims(0)[axis])))));

    /// <summary>∂x = g where x = y, else 0; elements that share the extreme share its gradient.</summary>
    private static void Extreme(GradientNode node) => node.Give(0, () =>
    {
        var isExtreme = node.Make.ToFloat(node.Make.Node("Equal", node.Input(0), Kept(node, node.Output)));
        return node.Make.Mul(isExtreme, node.Make.Div(Kept(node, node.Gradient), node.Make.SumOver(isExtreme, [.. AxesOf(node)!.Select(axis => (long)axis)])));
    });

    /// <summary>y = log Σ exp x: ∂x = g · exp(x − y), the softmax.</summary>
    private static void LogSumExp(GradientNode node) => node.Give(0, () =>
        node.Make.Mul(node.Make.Node("Exp", node.Make.Sub(node.Input(0), Kept(node, node.Output))), Kept(node, node.Gradient)));

    /// <summary>y = Σ x²: ∂x = 2·g·x.</summary>
    private static void SumSquare(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Input(0), Kept(node, node.Make.Mul(node.Gradient, 2))));

    /// <summary>y = Σ |x|: ∂x = g · sign x.</summary>
    private static void L1(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Make.Node("Sign", node.Input(0)), Kept(node, node.Gradient)));

    /// <summary>y = √Σ x²: ∂x = g · x ÷ y, and 0 where all x are 0.</summary>
    private static void L2(GradientNode node) => node.Give(0, () =>
        node.Make.Mul(node.Input(0), Kept(node, node.Make.Div(node.Gradient, node.Make.Node("Max", node.Output, node.Make.Scalar(1e-12f))))));

    /// <summary>y = log Σ x: ∂x = g · exp(−y), repeated.</summary>
    private static void LogSum(GradientNode node) => node.Give(0, () =>
        Repeated(node, Kept(node, node.Make.Mul(node.Gradient, node.Make.Node("Exp", node.Make.Neg(node.Output))))));

    /// <summary>Each element is in its own sum and all later ones (all earlier ones where it runs in reverse): its gradient is the running sum from the other end.</summary>
    private static void CumSum(GradientNode node) => node.Give(0, () => node.Make.Node(
        "CumSum", [node.Gradient, node.Input(1)], ("exclusive", node.Node.GetInt("exclusive", 0)), ("reverse", 1 - node.Node.GetInt("reverse", 0))));

    private static GradientRule Rule(Action<GradientNode> differentiate) =>
        new(differentiate) { Refusal = node => AxesOf(node) is null ? "the axes it reduces are computed from its input" : null };

    /// <summary>For operators that also do something to single elements, which versions of ONNX see differently where no axis is reduced.</summary>
    private static GradientRule RuleOfElements(Action<GradientNode> differentiate) => new(differentiate)
    {
        Refusal = node => AxesOf(node) switch
        {
            null => "the axes it reduces are computed from its input",
            [] when node.Rank(0) > 0 => "it reduces no axis",
            _ => null,
        },
    };

    /// <summary>The reduced axes, ascending; null where they are not constant.</summary>
    private static int[]? AxesOf(NodeShapes node)
    {
        if (node.Has(1) && node.Constant(1) is null)
            return null;
        if (node.Longs("axes", 1) is { Length: > 0 } axes)
            return NodeShapes.Axes(axes, node.Rank(0));
        return node.Node.GetInt("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, node.Rank(0))];
    }

    /// <summary>What has the output's shape, with the reduced axes as size 1.</summary>
    private static Value Kept(GradientNode node, Value value)
    {
        var axes = AxesOf(node)!;
        long[] kept = [.. node.Dims(0).Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        return kept.AsSpan().SequenceEqual(node.OutputDims()) ? value : node.Make.Reshape(value, kept);
    }

    private static Value Repeated(GradientNode node, Value kept) =>
        Array.TrueForAll(AxesOf(node)!, axis => node.Dims(0)[axis] == 1) ? kept : node.Make.Expand(kept, node.Dims(0));
}
