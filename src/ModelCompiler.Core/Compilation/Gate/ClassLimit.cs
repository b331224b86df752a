using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>
/// How much accuracy a single class or slice may lose. The mean over all samples hides a class that is never answered any more: of a hundred equally frequent ones it
/// takes a point with it.
/// </summary>
/// <param name="MaxDrop">A fraction of all samples of the group: 0.05 is five points.</param>
internal sealed record ClassLimit(double MaxDrop)
{
    /// <summary>Where the project sets no limit: what nobody would call the noise of rounding.</summary>
    public static readonly ClassLimit Default = new(0.25);

    /// <summary>No group can lose more.</summary>
    public static readonly ClassLimit None = new(1);

    /// <summary>Labelled samples from which on a group is judged.</summary>
    public const int LeastSamples = 20;

    /// <summary>The probability, over all groups together, of blaming one that is as good as it was.</summary>
    private const double Significance = 0.01;

    /// <summary>Whether there is any class with samples enough to be judged.</summary>
    public static bool Judges(Accuracy? accuracy) => accuracy is Top1Accuracy top1 && top1.Classes.Any(part => part.Samples >= LeastSamples);

    /// <summary>
    /// The groups that lost more, the worst first. The loss must also be more than chance: a paired test of each group that has enough samples (McNemar), corrected
    /// for how many there are (Holm), so that a model with a thousand classes does not fail by the unluckiest of them.
    /// </summary>
    /// <param name="groups">Those of one kind: all classes, or all slices. Of equal losses the first comes first.</param>
    public IReadOnlyList<T> Over<T>(IReadOnlyList<T> groups)
        where T : GroupAccuracy
    {
        var judged = groups.Where(group => group.Samples >= LeastSamples).ToArray();
        var pValues = MultipleTests.Holm([.. judged.Select(group => group.PValue)]);
        return [.. judged.Where((group, i) => group.Drop > MaxDrop && pValues[i] < Significance).OrderByDescending(group => group.Drop)];
    }
}
