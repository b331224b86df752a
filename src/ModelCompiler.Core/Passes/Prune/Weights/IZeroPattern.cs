namespace ModelCompiler.Passes;

/// <summary>Which sets of a layer's weights may be zero together.</summary>
internal interface IZeroPattern
{
    /// <summary>The zeros that cost least: true for each weight that becomes one.</summary>
    /// <param name="scores">What each weight costs, outputs × columns; below 0 for one that is zero anyway.</param>
    /// <param name="columns">Of an output.</param>
    /// <param name="kernel">How many neighbouring columns belong to one input channel.</param>
    bool[] Choose(double[] scores, int columns, int kernel);

    /// <summary>The columns in sets that are decided on together, one set after the other.</summary>
    IReadOnlyList<int[]> Blocks(int columns, int kernel);

    /// <summary>The same for one of these sets alone, which then counts as a layer of its own with a kernel of one place.</summary>
    IZeroPattern Within(ZeroBudget budget);
}
