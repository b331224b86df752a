using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>
/// Activations with kinks. Their slopes are steps, written as linear functions so steep that clipping leaves only their ends,
/// which ONNX Runtime computes several times faster than comparisons and selections. Where the output tells as much as the input it is the one that is read, so that the forward pass may still
/// fuse the activation with the operator before it.
/// </summary>
internal static class Activations
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Relu", (GradientRule)Relu),
        ("LeakyRelu", (GradientRule)LeakyRelu),
        ("PRelu", (GradientRule)PRelu),
        ("ThresholdedRelu", (GradientRule)ThresholdedRelu),
        ("Clip", (GradientRule)Clip),
        ("HardSigmoid", (GradientRule)HardSigmoid),
        ("HardSwish", (GradientRule)HardSwish),
        ("Elu", new GradientRule(Elu) { Refusal = AlphaIsNotPositive }),
        ("Selu", new GradientRule(Selu) { Refusal = AlphaIsNotPositive }),
        ("Celu", new GradientRule(Celu) { Refusal = AlphaIsNotPositive }),
    ];

    /// <summary>y = max(x, 0): dy/dx = [y > 0].</summary>
    private static void Relu(GradientNode node) => node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.Step(node.Output)));

    /// <summary>dy/dx = 1 for x > 0, else α.</summary>
    private static void LeakyRelu(GradientNode node)
    {
        var alpha = node.Node.GetFloat("alpha", 0.01f);
        node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.Slope(alpha >= 0 ? node.Output : node.Input(0), alpha, 1)));
    }

    /// <summary>y = max(x, 0) + s·min(x, 0): ∂x = g for x > 0, else s·g; ∂s = g·min(x, 0).</summary>
    private static void PRelu(GradientNode node)
    {
        var make = node.Make;
        node.Give(0, () =>
        {
            var isNegative = make.HardSigmoid(node.Input(0), -GradientWriter.Steepness, 0);
            return make.Mul(node.Gradient, make.Add(make.Mul(isNegative, make.Sub(node.Input(1), make.Scalar(1))), make.Scalar(1)));
        });
        node.Give(1, () => make.SumTo(make.Mul(node.Gradient, Negative(make, node.Input(0))), node.OutputDims(), node.Dims(1)));
    }

    /// <summary>y = x for x > α, else 0: dy/dx = [x > α].</summary>
    private static void ThresholdedRelu(GradientNode node) =>
        node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.Step(node.Input(0), node.Node.GetFloat("alpha", 1))));

    /// <summary>∂x = g where x is within its bounds, which is where it stays what it is; ∂min = g where x is raised, ∂max = g where it is lowered.</summary>
    private static void Clip(GradientNode node)
    {
        node.Give(0, () => Where("Equal"));
        node.Give(1, () => node.Make.SumTo(Where("Less"), node.OutputDims(), node.Dims(1)));
        node.Give(2, () => node.Make.SumTo(Where("Greater"), node.OutputDims(), node.Dims(2)));

        Value Where(string inputAgainstOutput) => node.Make.Mul(node.Gradient, node.Make.ToFloat(node.Make.Node(inputAgainstOutput, node.Input(0), node.Output)));
    }

    /// <summary>y = αx + β clipped to [0, 1]: dy/dx = α for 0 &lt; y &lt; 1, else 0.</summary>
    private static void HardSigmoid(GradientNode node) => node.Give(0, () =>
    {
        var within = node.Make.Sub(node.Make.Step(node.Output), node.Make.Step(node.Output, MathF.BitDecrement(1)));
        return node.Make.Mul(node.Make.Mul(node.Gradient, within), node.Node.GetFloat("alpha", 0.2f));
    });

    /// <summary>y = x·h with h = x/6 + ½ clipped to [0, 1]: dy/dx = 2h − ½ for 0 &lt; h &lt; 1, else h; that is 2h − ½(⌈h⌉ + ⌊h⌋).</summary>
    private static void HardSwish(GradientNode node) => node.Give(0, () =>
    {
        var make = node.Make;
        var h = make.HardSigmoid(node.Input(0), 1f / 6, 0.5f);
        var ends = make.Node("Mean", make.Node("Ceil", h), make.Node("Floor", h));
        return make.Mul(node.Gradient, make.Add(h, make.Sub(h, ends)));
    });

    /// <summary>y = x for x > 0, else α(eˣ − 1): dy/dx = 1 for x > 0, else y + α.</summary>
    private static void Elu(GradientNode node) => ExponentialLinear(node, node.Node.GetFloat("alpha", 1), 1);

    /// <summary>γ times Elu; the defaults are the numbers of Klambauer et al., Self-Normalizing Neural Networks, 2017, as ONNX rounds them.</summary>
    private static void Selu(GradientNode node) => ExponentialLinear(node, node.Node.GetFloat("alpha", 1.67326319217681884765625f), node.Node.GetFloat("gamma", 1.05070102214813232421875f));

    /// <summary>y = γx for x > 0, else γα(eˣ − 1): dy/dx = γ for x > 0, else y + γα.</summary>
    private static void ExponentialLinear(GradientNode node, float alpha, float gamma) => node.Give(0, () =>
    {
        var (make, y) = (node.Make, node.Output);
        if (alpha == 1 && gamma == 1)
            return make.Mul(node.Gradient, make.HardSigmoid(y, 1, 1));
        return make.Mul(node.Gradient, make.Add(Negative(make, y), make.Slope(node.Input(0), gamma * alpha, gamma)));
    });

    /// <summary>y = x for x > 0, else α(exp(x/α) − 1): dy/dx = 1 for x > 0, else y/α + 1, which is clipped to [0, 1] by nothing but the first case.</summary>
    private static void Celu(GradientNode node) =>
        node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.HardSigmoid(node.Output, 1 / node.Node.GetFloat("alpha", 1), 1)));

    private static string? AlphaIsNotPositive(NodeShapes node) =>
        node.Node.GetFloat("alpha", 1) <= 0 ? "its alpha is not positive" :
        node.Node.GetFloat("gamma", 1) <= 0 ? "its gamma is not positive" : null;

    /// <summary>min(x, 0).</summary>
    private static Value Negative(GradientWriter make, Value x) => make.Node("Clip", x, null, make.Scalar(0));
}
