namespace ModelCompiler.Evaluation;

/// <summary>A figure of two models that can be taken of any selection of the samples on which both were measured.</summary>
/// <param name="Samples">How many there are.</param>
/// <param name="Original">Of the original, as if each sample were there as often as the argument says; null where that selection shows nothing.</param>
/// <param name="Compiled">The same of the compiled model.</param>
internal sealed record PairedFigure(int Samples, Func<ReadOnlySpan<int>, double?> Original, Func<ReadOnlySpan<int>, double?> Compiled)
{
    /// <summary>No figure of this kind is lower.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>No figure of this kind is higher.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Each sample once.</summary>
    public int[] Once()
    {
        var once = new int[Samples];
        Array.Fill(once, 1);
        return once;
    }
}
