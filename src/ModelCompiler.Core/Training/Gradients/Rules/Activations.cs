namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators on one tensor, element by element.</summary>
internal static class Activations
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
