using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Powers, exponentials and other functions of mathematics, and operators that hand on what they read.</summary>
internal static class Functions
{
    private const float SmallestNormal = 1.17549435e-38f;

    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Identity", (GradientRule)Identity),
        ("Cast", (GradientRule)Cast),
        ("Dropout", new GradientRule(Identity) { Refusal = DropsAtRandom }),
        ("Neg", (GradientRule)Neg),
        ("Abs", (GradientRule)Abs),
        ("Sqrt", (GradientRule)Sqrt),
        ("Reciprocal", (GradientRule)Reciprocal),
        ("Exp", (GradientRule)Exp),
        ("Log", (GradientRule)Log),
        ("Sin", (GradientRule)Sin),
        ("Cos", (GradientRule)Cos),
        ("Pow", (GradientRule)Pow),
    ];

    private static void Identity(GradientNode node) => node.Give(0, () => node.Gradient);

    /// <summary>From float to float it changes nothing; integers have no gradient.</summary>
    private static void Cast(GradientNode node)
    {
        if (node.IsFloat(0))
            Identity(node);
    }

    private static string? DropsAtRandom(NodeShapes node) =>
        !node.Has(2) || (node.Constant(2) is { } training && training.Span<byte>()[0] == 0) ? null : "it drops elements at random";

    private static void Neg(GradientNode node) => node.Give(0, () => node.Make.Neg(node.Gradient));

    /// <summary>d|x|/dx = sign x; 0 at 0.</summary>
    private static void Abs(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.Slope(node.Input(0), -1, 1)));

    /// <summary>y = √x: dy/dx = ½ ÷ y.</summary>
    private static void Sqrt(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Make.Div(node.Gradient, node.Output), 0.5f));

    /// <summary>y = 1 ÷ x: dy/dx = −y².</summary>
    private static void Reciprocal(GradientNode node) =>
        node.Give(0, () => node.Make.Neg(node.Make.Mul(node.Make.Mul(node.Gradient, node.Output), node.Output)));

    /// <summary>y = eˣ: dy/dx = y.</summary>
    private static void Exp(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Gradient, node.Output));

    private static void Log(GradientNode node) => node.Give(0, () => node.Make.Div(node.Gradient, node.Input(0)));

    private static void Sin(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.Node("Cos", node.Input(0))));

    private static void Cos(GradientNode node) => node.Give(0, () => node.Make.Neg(node.Make.Mul(node.Gradient, node.Make.Node("Sin", node.Input(0)))));

    /// <summary>y = xᵉ: ∂x = e·xᵉ⁻¹·g, ∂e = y·ln x·g, which is 0 for x = 0 and means nothing for x &lt; 0.</summary>
    private static void Pow(GradientNode node)
    {
        node.Give(0, () => node.Make.SumTo(ByBase(node), node.OutputDims(), node.Dims(0)));
        if (node.IsFloat(1))
            node.Give(1, () => node.Make.SumTo(ByExponent(node), node.OutputDims(), node.Dims(1)));
    }

    private static Value ByBase(GradientNode node)
    {
        var (make, x) = (node.Make, node.Input(0));
        if (node.Constant(1) is not { Count: 1 } constant)
        {
            var exponent = node.IsFloat(1) ? node.Input(1) : make.ToFloat(node.Input(1));
            return make.Mul(make.Mul(node.Gradient, exponent), make.Node("Pow", x, make.Sub(exponent, make.Scalar(1))));
        }

        // Pow is many times slower than a product, and 0 to a negative power is not finite.
        var e = constant.ToFloats()[0];
        if (e is 0 or 1)
            return make.Mul(node.Gradient, e);
        var scaled = make.Mul(node.Gradient, e);
        return e switch
        {
            0.5f => make.Div(scaled, node.Output),
            2 => make.Mul(scaled, x),
            _ => make.Mul(scaled, make.Node("Pow", x, make.Scalar(e - 1))),
        };
    }

    private static Value ByExponent(GradientNode node)
    {
        var positive = node.Make.Node("Clip", node.Input(0), node.Make.Scalar(SmallestNormal));
        return node.Make.Mul(node.Make.Mul(node.Gradient, node.Output), node.Make.Node("Log", positive));
    }
}
