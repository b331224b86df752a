namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Images made larger or smaller.</summary>
internal static class Resampling
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
