namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that make probabilities of scores.</summary>
internal static class Softmaxes
{
    public static IEnumerable<(string, GradientRule)> Rules => [];
}
