namespace ModelCompiler.Evaluation;

/// <summary>How often two models are right on the same samples.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Samples">Samples that were judged.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
public record ProportionAccuracy(string Metric, int Samples, int OriginalCorrect, int CompiledCorrect, int Lost) : Accuracy(Metric, Samples)
{
    /// <summary>Where only the compiled model is right.</summary>
    public int Won => CompiledCorrect - OriginalCorrect + Lost;

    public override double Original => (double)OriginalCorrect / Samples;

    public override double Compiled => (double)CompiledCorrect / Samples;

    public override double Drop => (double)(Lost - Won) / Samples;

    public override (double Low, double High) Drop95 => PairedProportions.Difference95(Lost, Won, Samples);

    public override (double Low, double High)? Original95 => PairedProportions.Wilson95(OriginalCorrect, Samples);

    public override (double Low, double High)? Compiled95 => PairedProportions.Wilson95(CompiledCorrect, Samples);

    /// <summary>McNemar's exact test.</summary>
    public override double? PValue => PairedProportions.McNemarExact(Lost, Won);

    /// <summary>With one sample more.</summary>
    internal ProportionAccuracy With(bool originalIsRight, bool compiledIsRight) => this with
    {
        Samples = Samples + 1,
        OriginalCorrect = OriginalCorrect + (originalIsRight ? 1 : 0),
        CompiledCorrect = CompiledCorrect + (compiledIsRight ? 1 : 0),
        Lost = Lost + (originalIsRight && !compiledIsRight ? 1 : 0),
    };
}
