namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Convolutions of one, two and three dimensions, and their transposes.</summary>
internal static class Convolutions
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Conv", (GradientRule)Conv),
        ("ConvTranspose", (GradientRule)ConvTranspose),
    ];

    /// <summary>y[m, p] = Σ w[m, c, t] · x[c, Stride·p + Dilation·t − Begin] + b[m].</summary>
    private static void Conv(GradientNode node)
    {
        var weight = node.Dims(1);
        var groups = node.Node.GetInt("group", 1);
        var windows = Windows.Of(node, weight[2..]);
        node.Give(0, () => ConvolutionInputs.Form(weight, groups, windows)(node.Make, node.Gradient, node.Input(1), weight, groups, windows));
        node.Give(1, () => new Correlation(node.Input(0), node.Gradient, node.Dims(0)[0], groups, weight[1], weight[0] / groups, windows).Write(node.Make));
        GiveBias(node);
    }

    /// <summary>y[m, Stride·p + Dilation·t − Begin] = Σ w[c, m, t] · x[c, p] + b[m]: what Conv's input receives, so that its own input receives a Conv.</summary>
    private static void ConvTranspose(GradientNode node)
    {
        var weight = node.Dims(1);
        var groups = node.Node.GetInt("group", 1);
        var windows = Windows.OfTranspose(node, weight[2..]);
        node.Give(0, () => ConvolutionInputs.Forward(node.Make, node.Gradient, node.Input(1), groups, windows));
        node.Give(1, () => new Correlation(node.Gradient, node.Input(0), node.Dims(0)[0], groups, weight[1], weight[0] / groups, windows).Write(node.Make));
        GiveBias(node);
    }

    private static void GiveBias(GradientNode node)
    {
        long[] others = [.. Enumerable.Range(0, node.OutputDims().Length).Where(axis => axis != 1).Select(axis => (long)axis)];
        node.Give(2, () => node.Make.SumAway(node.Gradient, others));
    }
}
