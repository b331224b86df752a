using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A model with zeros among its weights.</summary>
/// <param name="Model">It.</param>
/// <param name="Layers">All weights that may be pruned, whether they were or not.</param>
internal sealed record SparseModel(Model Model, IReadOnlyList<LayerZeros> Layers)
{
    /// <summary>Zeros ÷ weights, of all layers together; 0 where nothing may be pruned.</summary>
    public double ShareOfZeros => Layers.Sum(layer => layer.Weights) is > 0 and var all ? (double)Layers.Sum(layer => layer.Zeros) / all : 0;
}

/// <summary>How many of a weight's elements are zero.</summary>
/// <param name="Layer">The layer that reads it, the first of several.</param>
/// <param name="Zeros">Elements that are 0.</param>
/// <param name="Weights">All elements.</param>
internal sealed record LayerZeros(string Layer, long Zeros, long Weights)
{
    public static LayerZeros Of(PrunableWeight weight) =>
        new(weight.Layers[0].Node.ToString(), weight.Read().LongCount(element => element == 0), weight.Tensor.Count);
}
