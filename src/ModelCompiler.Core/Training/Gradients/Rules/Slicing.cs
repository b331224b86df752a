namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that take a part of a tensor, or set it into a larger one.</summary>
internal static class Slicing
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
