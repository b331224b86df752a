namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that join tensors, or part them.</summary>
internal static class Joining
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
