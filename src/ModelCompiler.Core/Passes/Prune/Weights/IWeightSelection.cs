namespace ModelCompiler.Passes;

/// <summary>Decides which weights of a layer become zero.</summary>
internal interface IWeightSelection
{
    /// <param name="objective">What the layer loses.</param>
    /// <param name="already">True for each weight that is zero in the model: it stays so.</param>
    /// <param name="pattern">What zeros are wanted.</param>
    /// <param name="kernel">How many neighbouring columns belong to one input channel.</param>
    SparseWeights Choose(LayerObjective objective, bool[] already, IZeroPattern pattern, int kernel);
}

/// <summary>The weights of a layer with its zeros.</summary>
/// <param name="Weights">Outputs × columns.</param>
/// <param name="Zeros">True where one is zero by choice.</param>
internal sealed record SparseWeights(double[] Weights, bool[] Zeros);
