namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that make probabilities of scores.</summary>
internal static class Softmaxes
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Softmax", (GradientRule)Softmax),
        ("LogSoftmax", (GradientRule)LogSoftmax),
    ];

    /// <summary>∂x = y·(g − Σ g·y), the sum along the axis.</summary>
    private static void Softmax(GradientNode node) => node.Give(0, () =>
    {
        var make = node.Make;
        return make.Mul(node.Output, make.Sub(node.Gradient, make.SumOver(make.Mul(node.Gradient, node.Output), Axis(node))));
    });

    /// <summary>∂x = g − eʸ·Σ g, the sum along the axis.</summary>
    private static void LogSoftmax(GradientNode node) => node.Give(0, () =>
    {
        var make = node.Make;
        return make.Sub(node.Gradient, make.Mul(make.Node("Exp", node.Output), make.SumOver(node.Gradient, Axis(node))));
    });

    private static long Axis(GradientNode node) => node.Node.GetInt("axis", -1);
}
