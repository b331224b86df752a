namespace ModelCompiler.Evaluation.Reports;

/// <summary>How a part of the data fared that the data set names.</summary>
/// <param name="Slice">Its name.</param>
/// <param name="Samples">Labelled samples that belong to it.</param>
/// <param name="Original">The share of them that the original answers right.</param>
/// <param name="Compiled">The share of them that the compiled model answers right.</param>
/// <param name="Drop">Original minus compiled.</param>
/// <param name="PValue">By McNemar's exact test of this slice alone: how likely so uneven a split is if both models are equally good.</param>
public sealed record SliceFacts(string Slice, int Samples, double Original, double Compiled, double Drop, double PValue)
{
    private const int Most = 50;

    /// <summary>All slices, or the worst of very many: first those that lost, the least likely by chance first, then those that stayed, last those that won.</summary>
    internal static IReadOnlyList<SliceFacts> Of(IReadOnlyList<SliceAccuracy> slices) =>
        [.. slices.OrderByDescending(Evidence).ThenByDescending(slice => slice.Drop).Take(Most).Select(Of)];

    /// <summary>From −1, surely won, to 1, surely lost.</summary>
    private static double Evidence(SliceAccuracy slice) => Math.Sign(slice.Drop) * (1 - slice.PValue);

    private static SliceFacts Of(SliceAccuracy slice) => new(
        slice.Slice, slice.Samples, Rounded.Share(slice.Original), Rounded.Share(slice.Compiled), Rounded.Share(slice.Drop), Rounded.Share(slice.PValue));
}
