namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that pick elements by index.</summary>
internal static class Gathering
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
