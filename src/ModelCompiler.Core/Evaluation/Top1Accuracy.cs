namespace ModelCompiler.Evaluation;

/// <summary>How often the best class of two models is the right one.</summary>
/// <param name="Samples">Labelled samples.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
public sealed record Top1Accuracy(int Samples, int OriginalCorrect, int CompiledCorrect, int Lost) : Accuracy("top1", Samples)
{
    /// <summary>The same class by class, in the order of the classes; only those that occur. Empty where answers are not judged by labels.</summary>
    public IReadOnlyList<ClassAccuracy> Classes { get; init; } = [];

    /// <summary>Where only the compiled model is right.</summary>
    public int Won => CompiledCorrect - OriginalCorrect + Lost;

    public override double Original => (double)OriginalCorrect / Samples;

    public override double Compiled => (double)CompiledCorrect / Samples;

    public override double Drop => (double)(Lost - Won) / Samples;

    public override (double Low, double High) Drop95 => PairedProportions.Difference95(Lost, Won, Samples);

    /// <summary>McNemar's exact test.</summary>
    public override double? PValue => PairedProportions.McNemarExact(Lost, Won);
}
