namespace ModelCompiler.Evaluation;

/// <summary>How often two models are right on a group of samples, such as those of one class.</summary>
/// <param name="Samples">Labelled samples of the group.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
public abstract record GroupAccuracy(int Samples, int OriginalCorrect, int CompiledCorrect, int Lost)
{
    /// <summary>Where only the compiled model is right.</summary>
    public int Won => CompiledCorrect - OriginalCorrect + Lost;

    /// <summary>Of the original, from 0 to 1.</summary>
    public double Original => (double)OriginalCorrect / Samples;

    /// <summary>Of the compiled model, from 0 to 1.</summary>
    public double Compiled => (double)CompiledCorrect / Samples;

    /// <summary>Original minus compiled: positive where the compiled model is worse.</summary>
    public double Drop => (double)(Lost - Won) / Samples;

    /// <summary>McNemar's exact test of this group alone. Who looks at many groups corrects it: <see cref="MultipleTests.Holm"/>.</summary>
    public double PValue => PairedProportions.McNemarExact(Lost, Won);
}

/// <summary>How often two models are right on the samples of one class.</summary>
/// <param name="Class">Index of the class, from 0.</param>
/// <param name="Samples">Samples that are labelled with it.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
public sealed record ClassAccuracy(int Class, int Samples, int OriginalCorrect, int CompiledCorrect, int Lost) : GroupAccuracy(Samples, OriginalCorrect, CompiledCorrect, Lost);

/// <summary>How often two models are right on the samples of one slice.</summary>
/// <param name="Slice">As the data set names it.</param>
/// <param name="Samples">Labelled samples that belong to it.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
public sealed record SliceAccuracy(string Slice, int Samples, int OriginalCorrect, int CompiledCorrect, int Lost) : GroupAccuracy(Samples, OriginalCorrect, CompiledCorrect, Lost);
