namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Normalizations, with the statistics that inference uses.</summary>
internal static class Normalizations
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
