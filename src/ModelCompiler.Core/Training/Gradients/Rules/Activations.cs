using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>
/// Activations with kinks. Their slopes are steps, most of them written as lines so steep that clipping leaves only their ends: ONNX Runtime computes these faster
/// than a comparison and what follows from it. Where the output tells as much as the input it is the one that is read, so that the forward pass may still fuse
/// the activation with the operator before it.
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
        ("Elu", new GradientRule(Elu) { Refusal = IsNotIncreasing }),
        ("Selu", new GradientRule(Selu) { Refusal = IsNotIncreasing }),
        ("Celu", new GradientRule(Celu) { Refusal = IsNotIncreasing }),
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

    /// <summary>y = αx + β clipped to [0, 1]: dy/dx = α for 0 &lt; y &lt; 1, which is where y − y² > 0, else 0.</summary>
    private static void HardSigmoid(GradientNode node) => node.Give(0, () =>
    {
        var within = node.Make.Sub(node.Output, node.Make.Mul(node.Output, node.Output));
        return node.Make.Mul(node.Gradient, node.Make.Slope(within, 0, node.Node.GetFloat("alpha", 0.2f)));
    });

    /// <summary>y = x·(c + ½) with c = x/6 clipped to [−½, ½]: dy/dx = c + ½, and x/6 more where nothing is clipped.</summary>
    private static void HardSwish(GradientNode node) => node.Give(0, () =>
    {
        var make = node.Make;
        var sixth = make.Mul(node.Input(0), 1f / 6);
        var c = make.Node("Clip", sixth, make.Scalar(-0.5f), make.Scalar(0.5f));
        var within = make.ToFloat(make.Node("Equal", c, sixth));
        return make.Mul(node.Gradient, make.Add(make.Add(c, make.Scalar(0.5f)), make.Mul(c, within)));
    });

    /// <summary>y = x for x > 0, else α(eˣ − 1): dy/dx = 1 for x > 0, else y + α.</summary>
    private static void Elu(GradientNode node) => ExponentialLinear(node, node.Node.GetFloat("alpha", 1), 1);

    /// <summary>γ times Elu; the defaults are the numbers of Klambauer et al., Self-Normalizing Neural Networks, 2017, as ONNX rounds them.</summary>
    private static void Selu(GradientNode node) =>
        ExponentialLinear(node, node.Node.GetFloat("alpha", 1.67326319217681884765625f), node.Node.GetFloat("gamma", 1.05070102214813232421875f));

    /// <summary>y = γx for x > 0, else γα(eˣ − 1): dy/dx = γ for x > 0, else y + γα.</summary>
    private static void ExponentialLinear(GradientNode node, float alpha, float gamma) => node.Give(0, () =>
    {
        var (make, y) = (node.Make, node.Output);
        if (alpha == 1 && gamma == 1)
            return make.Mul(node.Gradient, make.HardSigmoid(y, 1, 1));
        return make.Mul(node.Gradient, make.Add(Negative(make, y), make.Slope(node.Input(0), gamma * alpha, gamma)));
    });

    /// <summary>y = x for x > 0, else α(exp(x/α) − 1): dy/dx = 1 for x > 0, else y/α + 1, which is below 1.</summary>
    private static void Celu(GradientNode node) =>
        node.Give(0, () => node.Make.Mul(node.Gradient, node.Make.HardSigmoid(node.Output, 1 / node.Node.GetFloat("alpha", 1), 1)));

    private static string? IsNotIncreasing(NodeShapes node) =>
        node.Node.GetFloat("alpha", 1) <= 0 ? "its alpha is not positive" :
        node.Node.GetFloat("gamma", 1) <= 0 ? "its gamma is not positive" : null;

    /// <summary>min(x, 0).</summary>
    private static Value Negative(GradientWriter make, Value x) => make.Node("Clip", x, null, make.Scalar(0));
}
