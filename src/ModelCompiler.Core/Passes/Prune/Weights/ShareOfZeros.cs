namespace ModelCompiler.Passes;

/// <summary>So many zeros, wherever they cost least.</summary>
/// <param name="Zeros">Of the whole layer, those that it has anyway included.</param>
/// <param name="Already">Those that it has anyway.</param>
internal sealed record ShareOfZeros(int Zeros, int Already) : IZeroPattern
{
    private const int ColumnsOfBlock = 128;

    /// <summary>Only the zeros that a layer has anyway.</summary>
    public static ShareOfZeros Keeping(bool[] already)
    {
        var count = already.Count(zero => zero);
        return new(count, count);
    }

    public bool[] Choose(double[] scores, int columns, int kernel)
    {
        var zeros = new bool[scores.Length];
        var places = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort((double[])scores.Clone(), places);
        foreach (var place in places.AsSpan(0, Math.Min(Zeros, places.Length)))
            zeros[place] = true;
        return zeros;
    }

    public IReadOnlyList<int[]> Blocks(int columns, int kernel) => [.. Enumerable.Range(0, columns).Chunk(ColumnsOfBlock)];

    public IZeroPattern Within(ZeroBudget budget)
    {
        var wanted = budget.Left == 0 ? 0 : (int)Math.Round((double)(Zeros - Already - budget.Taken) * budget.Free / budget.Left);
        return new ShareOfZeros(budget.Already + wanted, budget.Already);
    }
}
