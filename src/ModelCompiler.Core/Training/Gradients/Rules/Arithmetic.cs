namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators on two or more tensors, element by element, with broadcasting.</summary>
internal static class Arithmetic
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Add", (GradientRule)Add),
    ];

    /// <summary>∂(a + b)/∂a = 1.</summary>
    private static void Add(GradientNode node)
    {
        node.Give(0, () => node.Make.SumTo(node.Gradient, node.OutputDims(), node.Dims(0)));
        node.Give(1, () => node.Make.SumTo(node.Gradient, node.OutputDims(), node.Dims(1)));
    }
}
