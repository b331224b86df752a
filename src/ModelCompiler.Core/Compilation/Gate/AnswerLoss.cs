namespace ModelCompiler.Compilation.Gate;

/// <summary>How much of a model's quality is lost, by the best that is known of it.</summary>
/// <param name="Drop">A fraction, negative where something was won.</param>
/// <param name="Metric">What was lost of, for people.</param>
/// <param name="From">Of the original, for people.</param>
/// <param name="To">Of the compiled model, for people.</param>
/// <param name="Samples">Samples that it was measured on.</param>
internal sealed record AnswerLoss(double Drop, string Metric, string From, string To, int Samples)
{
    /// <summary>Whether it is more than chance; where there is no test for that, whether there are samples enough to say anything.</summary>
    public required bool IsCertain { get; init; }

    /// <summary>An error rises where accuracy falls.</summary>
    public bool IsError { get; init; }

    public string InPast => $"{Metric} {(IsError ? "rose" : "fell")} from {From} to {To}";

    public override string ToString() => $"{Metric} would {(IsError ? "rise" : "fall")} from {From} to {To} (n={Samples})";
}
