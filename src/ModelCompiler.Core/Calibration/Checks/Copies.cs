namespace ModelCompiler.Calibration.Checks;

/// <param name="Name">The sample that is there before.</param>
/// <param name="Original">The one that it repeats.</param>
/// <param name="IsExact">False where only the picture looks the same.</param>
internal sealed record Copy(string Name, string Original, bool IsExact);

/// <summary>
/// Samples that repeat others: with the same numbers, or as pictures that look the same. Those that say little, such as one-hot vectors or silence, come again by
/// chance and are no copies.
/// </summary>
internal static class Copies
{
    /// <summary>Pictures are compared each with each, which takes a fifth of a second for so many.</summary>
    private const int MostPictures = 20_000;

    /// <summary>Copies that are fewer than one in a hundred move no figure that a report shows.</summary>
    private const int OneIn = 100;

    private const int MostNamed = 3;

    /// <summary>Samples that are also among <paramref name="others"/>.</summary>
    public static IReadOnlyList<Copy> Among(IReadOnlyList<SampleTraits> samples, IReadOnlyList<SampleTraits> others)
    {
        var exact = FirstOfEach(others);
        var pictures = others.Where(other => other.Look is not null).Take(MostPictures).ToArray();
        return
        [
            .. from sample in samples
               where sample.IsTelling
               let copy = exact.TryGetValue(sample.Content, out var same) ? new Copy(sample.Name, same.Name, true) : AmongPictures(sample, pictures)
               where copy is not null
               select copy,
        ];
    }

    /// <summary>Samples with the same numbers as an earlier one.</summary>
    public static IReadOnlyList<Copy> SameWithin(IReadOnlyList<SampleTraits> samples)
    {
        var first = FirstOfEach(samples);
        return [.. samples.Where(sample => sample.IsTelling && !ReferenceEquals(first[sample.Content], sample)).Select(sample => new Copy(sample.Name, first[sample.Content].Name, true))];
    }

    /// <summary>Pictures that look like an earlier one.</summary>
    public static IReadOnlyList<Copy> AlikeWithin(IReadOnlyList<SampleTraits> samples)
    {
        var pictures = FirstOfEach(samples).Values.Where(sample => sample is { IsTelling: true, Look: not null }).Take(MostPictures).ToArray();
        return [.. pictures.Select((picture, i) => AmongPictures(picture, pictures.AsSpan(0, i))).OfType<Copy>()];
    }

    /// <summary>Whether so many copies move what is measured.</summary>
    public static bool Matter(IReadOnlyList<Copy> copies, int samples) => copies.Count * OneIn >= samples && copies.Count > 0;

    /// <summary>The first of them: <c>'b.png' = 'a.png', 'd.jpg' looks like 'c.jpg'</c>.</summary>
    public static string Text(IReadOnlyList<Copy> copies) =>
        string.Join(", ", copies.Take(MostNamed).Select(copy => $"'{copy.Name}' {(copy.IsExact ? "=" : "looks like")} '{copy.Original}'")) + (copies.Count > MostNamed ? ", …" : "");

    private static Dictionary<string, SampleTraits> FirstOfEach(IReadOnlyList<SampleTraits> samples)
    {
        var first = new Dictionary<string, SampleTraits>(StringComparer.Ordinal);
        foreach (var sample in samples)
            first.TryAdd(sample.Content, sample);
        return first;
    }

    private static Copy? AmongPictures(SampleTraits sample, ReadOnlySpan<SampleTraits> pictures)
    {
        if (sample.Look is not { } look)
            return null;
        foreach (var picture in pictures)
        {
            if (picture.Look!.IsLike(look))
                return new Copy(sample.Name, picture.Name, false);
        }

        return null;
    }
}
