using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>One way to compute a <see cref="Correlation"/>.</summary>
internal abstract record CorrelationForm
{
    public static CorrelationForm Of(Correlation correlation)
    {
        var windows = correlation.Windows;
        return new CorrelationProduct(windows.IsDense && windows.Axes > 1 && !windows.IsPointwise ? 1 : 0, BatchPlace.Apart);
    }

    /// <summary>The gradient of the weight: [groups · out, in, kernel…].</summary>
    public abstract Value Write(GradientWriter make, Correlation correlation);
}
