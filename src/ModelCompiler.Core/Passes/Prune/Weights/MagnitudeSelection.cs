namespace ModelCompiler.Passes;

/// <summary>The smallest weights go.</summary>
internal sealed class MagnitudeSelection : IWeightSelection
{
    public SparseWeights Choose(LayerObjective objective, bool[] already, IZeroPattern pattern, int kernel) => Choose(objective.Best, objective.Columns, already, pattern, kernel);

    /// <summary>Without anything known of what the layer reads.</summary>
    public static SparseWeights Choose(double[] weights, int columns, bool[] already, IZeroPattern pattern, int kernel)
    {
        var zeros = pattern.Choose([.. weights.Select((weight, i) => already[i] ? -1 : Math.Abs(weight))], columns, kernel);
        return new([.. weights.Select((weight, i) => zeros[i] ? 0 : weight)], zeros);
    }
}
