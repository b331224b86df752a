namespace ModelCompiler.Evaluation.Reports;

/// <summary>How a single class fared.</summary>
/// <param name="Class">Its index, from 0.</param>
/// <param name="Label">Its name; null where it is not known.</param>
/// <param name="Samples">Samples that are labelled with it.</param>
/// <param name="Original">The share of them that the original answers right.</param>
/// <param name="Compiled">The share of them that the compiled model answers right.</param>
/// <param name="PValue">By McNemar's exact test of this class alone: how likely so uneven a split is if both models are equally good.</param>
public sealed record ClassFacts(int Class, string? Label, int Samples, double Original, double Compiled, double PValue)
{
    private const int Most = 5;

    /// <summary>Those that lost samples, the least likely by chance first. By the drop alone, classes of a single sample would come first.</summary>
    internal static IReadOnlyList<ClassFacts> Worst(IReadOnlyList<ClassAccuracy> classes, IReadOnlyList<string> labels) =>
        [.. classes.Where(part => part.Drop > 0).OrderBy(part => part.PValue).ThenByDescending(part => part.Drop).ThenBy(part => part.Class).Take(Most).Select(part => Of(part, labels))];

    private static ClassFacts Of(ClassAccuracy part, IReadOnlyList<string> labels) => new(
        part.Class, part.Class < labels.Count ? labels[part.Class] : null, part.Samples, Rounded.Share(part.Original), Rounded.Share(part.Compiled), Rounded.Share(part.PValue));
}
