namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that move elements and compute nothing.</summary>
internal static class Layouts
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
