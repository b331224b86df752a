using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators on two or more tensors, element by element, with broadcasting.</summary>
internal static class Arithmetic
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Add Sum", (GradientRule)Add),
        ("Sub", (GradientRule)Sub),
        ("Mul", (GradientRule)Mul),
        ("Div", (GradientRule)Div),
        ("Mean", (GradientRule)Mean),
        ("Max Min", (GradientRule)Extreme),
        ("Where", (GradientRule)Where),
    ];

    /// <summary>∂(a + b + …)/∂a = 1.</summary>
    private static void Add(GradientNode node) => GiveToAll(node, node.Gradient);

    /// <summary>∂(a − b)/∂a = 1, ∂/∂b = −1.</summary>
    private static void Sub(GradientNode node)
    {
        node.Give(0, () => SumTo(node, node.Gradient, 0));
        node.Give(1, () => node.Make.Neg(SumTo(node, node.Gradient, 1)));
    }

    /// <summary>∂(a·b)/∂a = b. Where a = b both halves are given to the one value: 2a.</summary>
    private static void Mul(GradientNode node)
    {
        node.Give(0, () => SumTo(node, node.Make.Mul(node.Gradient, node.Input(1)), 0));
        node.Give(1, () => SumTo(node, node.Make.Mul(node.Gradient, node.Input(0)), 1));
    }

    /// <summary>y = a ÷ b: ∂a = g ÷ b, ∂b = −y·g ÷ b.</summary>
    private static void Div(GradientNode node)
    {
        var quotient = node.Make.Div(node.Gradient, node.Input(1));
        node.Give(0, () => SumTo(node, quotient, 0));
        node.Give(1, () => node.Make.Neg(SumTo(node, node.Make.Mul(quotient, node.Output), 1)));
    }

    /// <summary>∂(mean of n)/∂a = 1 ÷ n.</summary>
    private static void Mean(GradientNode node) => GiveToAll(node, node.Make.Mul(node.Gradient, 1f / node.Node.Inputs.Count));

    /// <summary>
    /// An element's gradient goes to the operand that it came from, the first among equal ones: each takes its part of what those before it left, the last takes
    /// the rest. So the parts always add up to the gradient.
    /// </summary>
    private static void Extreme(GradientNode node)
    {
        var rest = node.Gradient;
        var last = Enumerable.Range(0, node.Node.Inputs.Count).Last(node.Wants);
        for (var i = 0; i <= last; i++)
        {
            var isLast = i == node.Node.Inputs.Count - 1;
            var part = isLast ? rest : node.Make.Mul(rest, node.Make.ToFloat(node.Make.Node("Equal", node.Input(i), node.Output)));
            node.Give(i, () => SumTo(node, part, i));
            if (i < last)
                rest = node.Make.Sub(rest, part);
        }
    }

    /// <summary>y = c ? a : b: ∂a = g where c, else 0; ∂b = g − that.</summary>
    private static void Where(GradientNode node)
    {
        var first = node.Make.Mul(node.Gradient, node.Make.ToFloat(node.Input(0)));
        node.Give(1, () => SumTo(node, first, 1));
        node.Give(2, () => SumTo(node, node.Make.Sub(node.Gradient, first), 2));
    }

    private static void GiveToAll(GradientNode node, Value gradient)
    {
        for (var i = 0; i < node.Node.Inputs.Count; i++)
        {
            var input = i;
            node.Give(input, () => SumTo(node, gradient, input));
        }
    }

    private static Value SumTo(GradientNode node, Value gradient, int input) => node.Make.SumTo(gradient, node.OutputDims(), node.Dims(input));
}
