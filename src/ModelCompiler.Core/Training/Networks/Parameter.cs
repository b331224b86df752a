using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Networks;

/// <summary>A tensor that is trained.</summary>
/// <param name="Name">Of the input through which the training network reads it.</param>
/// <param name="Start">Its elements before training.</param>
internal sealed record Parameter(string Name, Tensor Start)
{
    /// <summary>Its rate, of that of weights.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>Name of the network's output that is the gradient of the loss by it.</summary>
    public string Gradient => Name + "/gradient";
}
