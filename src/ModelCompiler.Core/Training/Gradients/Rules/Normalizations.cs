using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Normalizations, with the statistics that inference uses.</summary>
internal static class Normalizations
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("BatchNormalization", new GradientRule(BatchNormalization) { Refusal = node => node.Node.GetInt("training_mode", 0) != 0 ? "it computes the statistics of the batch" : null }),
        ("LayerNormalization", new GradientRule(LayerNormalization) { Refusal = node => node.Node.Outputs.Count > 1 ? "its mean and deviation are outputs too" : null }),
        ("InstanceNormalization", new GradientRule(node => ByGroups(node, node.Dims(0)[1], perChannel: node.Dims(0)[1]))),
        ("GroupNormalization", new GradientRule(node => ByGroups(node, node.Node.GetInt("num_groups", 1), perChannel: node.Dims(1)[0]))),
        ("LpNormalization", new GradientRule(LpNormalization)),
    ];

    /// <summary>
    /// y = k·(x − m) + b for each channel, k = s/√(v + ε): ∂x = k·g, ∂s = Σ g·(x − m)/√(v + ε), ∂b = Σ g, ∂m = −k·Σ g, ∂v = −½·∂s·s/(v + ε).
    /// </summary>
    private static void BatchNormalization(GradientNode node)
    {
        var (make, dims) = (node.Make, node.Dims(0));
        long[] channel = [dims[1], .. Enumerable.Repeat(1L, dims.Length - 2)];
        long[] others = [0, .. Enumerable.Range(2, dims.Length - 2).Select(axis => (long)axis)];
        var variance = new Lazy<Value>(() => make.Add(node.Input(4), make.Scalar(node.Node.GetFloat("epsilon", 1e-5f))));
        var inverse = new Lazy<Value>(() => make.Node("Reciprocal", make.Node("Sqrt", variance.Value)));
        var factor = new Lazy<Value>(() => make.Mul(node.Input(1), inverse.Value));
        var sum = new Lazy<Value>(() => make.SumAway(node.Gradient, others));
        var scale = new Lazy<Value>(() => make.Mul(make.SumAway(make.Mul(node.Gradient, make.Sub(node.Input(0), make.Reshape(node.Input(3), channel))), others), inverse.Value));
        node.Give(0, () => make.Mul(node.Gradient, make.Reshape(factor.Value, channel)));
        node.Give(1, () => scale.Value);
        node.Give(2, () => sum.Value);
        node.Give(3, () => make.Neg(make.Mul(factor.Value, sum.Value)));
        node.Give(4, () => make.Mul(make.Div(make.Mul(scale.Value, node.Input(1)), variance.Value), -0.5f));
    }

    /// <summary>Over the last axes, with a scale and bias that are broadcast to the input.</summary>
    private static void LayerNormalization(GradientNode node)
    {
        var (make, dims) = (node.Make, node.Dims(0));
        var first = NodeShapes.Axis(node.Node.GetInt("axis", -1), dims.Length);
        var standardized = new Standardization(make, node.Input(0), [.. Enumerable.Range(first, dims.Length - first).Select(axis => (long)axis)], dims, node.Node.GetFloat("epsilon", 1e-5f));
        node.Give(0, () => standardized.Gradient(make.Mul(node.Gradient, node.Input(1))));
        node.Give(1, () => make.SumTo(make.Mul(node.Gradient, standardized.Value), dims, node.Dims(1)));
        node.Give(2, () => make.SumTo(node.Gradient, dims, node.Dims(2)));
    }

    /// <summary>Over the channels of a group and all positions, with a scale and bias for each channel, or for each group as GroupNormalization had in operator set 18.</summary>
    private static void ByGroups(GradientNode node, long groups, long perChannel)
    {
        var (make, dims) = (node.Make, node.Dims(0));
        var positions = dims[2..].Aggregate(1L, (a, b) => a * b);
        long[] grouped = [dims[0], groups, dims[1] / groups, positions];
        long[] channel = perChannel == dims[1] ? [groups, dims[1] / groups, 1] : [groups, 1, 1];
        var gradient = new Lazy<Value>(() => make.Reshape(node.Gradient, grouped));
        var standardized = new Standardization(make, make.Reshape(node.Input(0), grouped), [2, 3], grouped, node.Node.GetFloat("epsilon", 1e-5f));
        node.Give(0, () => make.Reshape(standardized.Gradient(make.Mul(gradient.Value, make.Reshape(node.Input(1), channel))), dims));
        node.Give(1, () => make.Reshape(make.SumTo(make.Mul(gradient.Value, standardized.Value), grouped, channel), perChannel));
        node.Give(2, () => make.Reshape(make.SumTo(gradient.Value, grouped, channel), perChannel));
    }

    /// <summary>y = x/‖x‖: ∂x = (g − n·Σ g·y)/‖x‖, where n, the gradient of the norm, is y for the Euclidean one and the sign of x for the sum of absolutes.</summary>
    private static void LpNormalization(GradientNode node) => node.Give(0, () =>
    {
        var (make, euclidean) = (node.Make, node.Node.GetInt("p", 2) == 2);
        var axis = NodeShapes.Axis(node.Node.GetInt("axis", -1), node.Rank(0));
        var norm = euclidean
            ? make.Node("Sqrt", make.SumOver(make.Mul(node.Input(0), node.Input(0)), axis))
            : make.SumOver(make.Node("Abs", node.Input(0)), axis);
        var slope = euclidean ? node.Output : make.Node("Sign", node.Input(0));
        return make.Div(make.Sub(node.Gradient, make.Mul(slope, make.SumOver(make.Mul(node.Gradient, node.Output), axis))), norm);
    });
}
