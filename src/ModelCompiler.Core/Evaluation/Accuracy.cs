namespace ModelCompiler.Evaluation;

/// <summary>How often two models are right on the same labelled samples.</summary>
/// <param name="Samples">Labelled samples.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
public sealed record Accuracy(int Samples, int OriginalCorrect, int CompiledCorrect, int Lost)
{
    /// <summary>Where only the compiled model is right.</summary>
    public int Won => CompiledCorrect - OriginalCorrect + Lost;

    /// <summary>Share of right answers of the original, from 0 to 1.</summary>
    public double Original => (double)OriginalCorrect / Samples;

    /// <summary>Share of right answers of the compiled model, from 0 to 1.</summary>
    public double Compiled => (double)CompiledCorrect / Samples;

    /// <summary>Original minus compiled: positive where the compiled model is worse.</summary>
    public double Drop => (double)(Lost - Won) / Samples;

    /// <summary>The interval that holds the true drop in 95 of 100 cases.</summary>
    public (double Low, double High) Drop95 => PairedProportions.Difference95(Lost, Won, Samples);

    /// <summary>How likely so uneven a split of the samples where the two disagree would be if both were equally good.</summary>
    public double PValue => PairedProportions.McNemarExact(Lost, Won);
}
