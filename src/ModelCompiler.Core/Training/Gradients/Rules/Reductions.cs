namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Sums, means, extremes and norms over axes.</summary>
internal static class Reductions
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
