namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Pools over windows, and over all positions.</summary>
internal static class Pools
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
