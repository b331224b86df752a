namespace ModelCompiler.Evaluation.Documents;

/// <summary>Places figures between two ends of a drawing.</summary>
/// <param name="Lowest">The figure at <paramref name="From"/>.</param>
/// <param name="Highest">The figure at <paramref name="To"/>.</param>
/// <param name="From">A coordinate.</param>
/// <param name="To">A coordinate.</param>
internal readonly record struct Scale(double Lowest, double Highest, double From, double To)
{
    public static Scale Of(IReadOnlyCollection<double> figures, double from, double to) => new(figures.Min(), figures.Max(), from, to);

    /// <summary>Whether there is but one figure.</summary>
    public bool IsFlat => Highest <= Lowest;

    public double Of(double figure) => IsFlat ? (From + To) / 2 : Math.Round(From + ((figure - Lowest) / (Highest - Lowest) * (To - From)), 2);
}
