namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Convolutions of one, two and three dimensions, and their transposes.</summary>
internal static class Convolutions
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
