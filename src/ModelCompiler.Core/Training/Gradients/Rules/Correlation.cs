using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>
/// The gradient of a convolution's weight: w[m, c, t] = Σ over n, p of g[n, m, p] · x[n, c, Stride·p + Dilation·t − Begin], channels of one group with each other.
/// For Conv x is the input and g the gradient; for ConvTranspose x is the gradient and g the input.
/// </summary>
/// <param name="X">[batch, groups · <see cref="InGroup"/>, signal…].</param>
/// <param name="G">[batch, groups · <see cref="OutGroup"/>, windows…].</param>
/// <param name="Batch">Images.</param>
/// <param name="Groups">Of channels.</param>
/// <param name="InGroup">Channels of a group in x.</param>
/// <param name="OutGroup">Channels of a group in g.</param>
/// <param name="Windows">Of g over x.</param>
internal sealed record Correlation(Value X, Value G, long Batch, long Groups, long InGroup, long OutGroup, Windows Windows)
{
    /// <summary>In the form that is fastest for its shape.</summary>
    public Value Write(GradientWriter make) => CorrelationForm.Of(this).Write(make, this);
}
