using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>
/// How much accuracy a single class may lose. The mean over all classes hides one that is never answered any more: of a hundred equally frequent ones it takes a
/// point with it.
/// </summary>
/// <param name="MaxDrop">A fraction of all samples of the class: 0.05 is five points.</param>
internal sealed record ClassLimit(double MaxDrop)
{
    /// <summary>Where the project sets no limit: what nobody would call the noise of rounding.</summary>
    public static readonly ClassLimit Default = new(0.25);

    /// <summary>No class can lose more.</summary>
    public static readonly ClassLimit None = new(1);

    /// <summary>Labelled samples from which on a class is judged.</summary>
    public const int LeastSamples = 20;

    /// <summary>The probability, over all classes together, of blaming one that is as good as it was.</summary>
    private const double Significance = 0.01;

    /// <summary>Whether there is any class with samples enough to be judged.</summary>
    public static bool Judges(Accuracy? accuracy) => accuracy is Top1Accuracy top1 && top1.Classes.Any(part => part.Samples >= LeastSamples);

    /// <summary>
    /// The classes that lost more, the worst first. The loss must also be more than chance: a paired test of each class that has enough samples (McNemar), corrected
    /// for how many there are (Holm), so that a model with a thousand classes does not fail by the unluckiest of them.
    /// </summary>
    /// <param name="accuracy">Of any metric; only top-1 knows classes.</param>
    public IReadOnlyList<ClassAccuracy> Over(Accuracy? accuracy)
    {
        if (accuracy is not Top1Accuracy top1)
            return [];
        var judged = top1.Classes.Where(part => part.Samples >= LeastSamples).ToArray();
        var pValues = MultipleTests.Holm([.. judged.Select(part => part.PValue)]);
        return [.. judged.Where((part, i) => part.Drop > MaxDrop && pValues[i] < Significance).OrderByDescending(part => part.Drop).ThenBy(part => part.Class)];
    }
}
