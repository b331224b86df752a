namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Rounding to integers, as if it were none: gradients pass straight through.</summary>
internal static class Quantizers
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
