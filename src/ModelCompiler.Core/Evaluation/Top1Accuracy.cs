using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Evaluation;

/// <summary>How often the best class of two models is the right one.</summary>
/// <param name="Samples">Labelled samples.</param>
/// <param name="OriginalCorrect">Where the original is right.</param>
/// <param name="CompiledCorrect">Where the compiled model is right.</param>
/// <param name="Lost">Where only the original is right.</param>
public sealed record Top1Accuracy(int Samples, int OriginalCorrect, int CompiledCorrect, int Lost)
    : ProportionAccuracy("top1", Samples, OriginalCorrect, CompiledCorrect, Lost)
{
    /// <summary>The same class by class, in the order of the classes; only those that occur. Empty where answers are not judged by labels.</summary>
    public IReadOnlyList<ClassAccuracy> Classes { get; init; } = [];

    /// <summary>The same slice by slice, in the ordinal order of their names; empty where the data set names none.</summary>
    public IReadOnlyList<SliceAccuracy> Slices { get; init; } = [];

    /// <summary>How well both models know how sure they may be; null where answers are not judged by labels, or where nothing tells probabilities.</summary>
    public Reliability? Reliability { get; init; }

}
