using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Activations without kinks.</summary>
internal static class SmoothActivations
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Sigmoid", (GradientRule)Sigmoid),
        ("Tanh", (GradientRule)Tanh),
        ("Softplus", (GradientRule)Softplus),
        ("Softsign", (GradientRule)Softsign),
        ("Erf", (GradientRule)Erf),
        ("Mish", (GradientRule)Mish),
        ("Swish", (GradientRule)Swish),
        ("Gelu", (GradientRule)Gelu),
    ];

    /// <summary>ONNX Runtime's own, which optimized models carry.</summary>
    public static IEnumerable<(string, GradientRule)> Microsoft =>
    [
        ("Gelu BiasGelu", (GradientRule)ExactGelu),
        ("FastGelu", (GradientRule)FastGelu),
        ("QuickGelu", (GradientRule)QuickGelu),
    ];

    /// <summary>dy/dx = y(1 − y).</summary>
    private static void Sigmoid(GradientNode node) =>
        node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.Mul(node.Output, OneMinus(node.Make, node.Output))));

    /// <summary>dy/dx = 1 − y².</summary>
    private static void Tanh(GradientNode node) =>
        node.Give(0, () => node.Make.Mul(node.Gradient, OneMinus(node.Make, node.Make.Mul(node.Output, node.Output))));

    /// <summary>y = ln(1 + eˣ): dy/dx = σ(x).</summary>
    private static void Softplus(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.Node("Sigmoid", node.Input(0))));

    /// <summary>y = x ÷ (1 + |x|): dy/dx = 1 ÷ (1 + |x|)² = (1 − |y|)².</summary>
    private static void Softsign(GradientNode node) => node.Give(0, () =>
    {
        var rest = OneMinus(node.Make, node.Make.Node("Abs", node.Output));
        return node.Make.Mul(node.Gradient, node.Make.Mul(rest, rest));
    });

    /// <summary>dy/dx = 2/√π · exp(−x²).</summary>
    private static void Erf(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Gradient, Bell(node.Make, node.Input(0), 2 / Math.Sqrt(Math.PI))));

    /// <summary>
    /// y = x·t with t = tanh(ln(1 + eˣ)): dy/dx = t + x·s·(1 − t²) with s = σ(x). ln(1 + eˣ) is −ln(1 − s), so t = (1 − q) ÷ (1 + q) with q = (1 − s)²; ONNX
    /// Runtime's Softplus takes as long as dozens of products.
    /// </summary>
    private static void Mish(GradientNode node) => node.Give(0, () =>
    {
        var (make, x) = (node.Make, node.Input(0));
        var s = make.Node("Sigmoid", x);
        var rest = OneMinus(make, s);
        var q = make.Mul(rest, rest);
        var t = make.Div(OneMinus(make, q), make.Add(q, make.Scalar(1)));
        return make.Mul(node.Gradient, make.Add(t, make.Mul(make.Mul(x, s), OneMinus(make, make.Mul(t, t)))));
    });

    private static void Swish(GradientNode node) => Swish(node, node.Node.GetFloat("alpha", 1));

    private static void QuickGelu(GradientNode node) => Swish(node, node.Node.GetFloat("alpha", 1.702f));

    /// <summary>y = x·s with s = σ(αx): dy/dx = s + αy(1 − s).</summary>
    private static void Swish(GradientNode node, float alpha) => node.Give(0, () =>
    {
        var make = node.Make;
        var s = make.Node("Sigmoid", make.Mul(node.Input(0), alpha));
        return make.Mul(node.Gradient, make.Add(s, make.Mul(make.Mul(node.Output, OneMinus(make, s)), alpha)));
    });

    private static void Gelu(GradientNode node)
    {
        if (node.Node.GetString("approximate", "none") == "tanh")
            FastGelu(node);
        else
            ExactGelu(node);
    }

    /// <summary>y = z·Φ(z) with Φ(z) = ½(1 + erf(z/√2)) and z the sum of the inputs: dy/dz = Φ(z) + z·exp(−z²/2) ÷ √(2π).</summary>
    private static void ExactGelu(GradientNode node)
    {
        var make = node.Make;
        var z = Sum(node);
        var v = make.Mul(z, (float)Math.Sqrt(0.5));
        var share = make.HardSigmoid(make.Node("Erf", v), 0.5f, 0.5f);
        GiveSum(node, make.Add(share, make.Mul(z, Bell(make, v, 1 / Math.Sqrt(2 * Math.PI)))));
    }

    /// <summary>
    /// y = ½z(1 + tanh u) = z·s with s = σ(2u), 2u = z(a + bz²) and z the sum of the inputs: dy/dz = s + y(1 − s)(a + 3bz²). Hendrycks, Gimpel, Gaussian Error
    /// Linear Units, 2016: a = 2√(2/π), b = 0.044715a.
    /// </summary>
    private static void FastGelu(GradientNode node)
    {
        var make = node.Make;
        var a = 2 * Math.Sqrt(2 / Math.PI);
        var z = Sum(node);
        var cubic = make.Mul(make.Mul(z, z), (float)(0.044715 * a));
        var s = make.Node("Sigmoid", make.Mul(z, make.Add(cubic, make.Scalar((float)a))));
        var slope = make.Add(make.Mul(cubic, 3), make.Scalar((float)a));
        GiveSum(node, make.Add(s, make.Mul(make.Mul(node.Output, OneMinus(make, s)), slope)));
    }

    private static Value Sum(GradientNode node) => node.Has(1) ? node.Make.Add(node.Input(0), node.Input(1)) : node.Input(0);

    /// <summary>Gives the gradient of an activation of the inputs' sum to each of them.</summary>
    private static void GiveSum(GradientNode node, Value slope)
    {
        var gradient = node.Make.Mul(node.Gradient, slope);
        node.Give(0, () => node.Make.SumTo(gradient, node.OutputDims(), node.Dims(0)));
        node.Give(1, () => node.Make.SumTo(gradient, node.OutputDims(), node.Dims(1)));
    }

    private static Value OneMinus(GradientWriter make, Value value) => make.Sub(make.Scalar(1), value);

    /// <summary>h·exp(−x²), the factor in the exponent.</summary>
    private static Value Bell(GradientWriter make, Value x, double height) => make.Node("Exp", make.Sub(make.Scalar((float)Math.Log(height)), make.Mul(x, x)));
}
