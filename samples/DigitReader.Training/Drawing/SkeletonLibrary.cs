namespace DigitReader.Training.Drawing;

/// <summary>The ways of writing each digit, from skeletons.txt.</summary>
internal sealed class SkeletonLibrary
{
    private readonly ILookup<int, Skeleton> _byDigit;

    private SkeletonLibrary(IEnumerable<Skeleton> skeletons) => _byDigit = skeletons.ToLookup(skeleton => skeleton.Digit);

    public static SkeletonLibrary Default { get; } = new(ReadLines().Select(Skeleton.Parse));

    /// <summary>All ways of writing <paramref name="digit"/>.</summary>
    public IEnumerable<Skeleton> this[int digit] => _byDigit[digit];

    /// <summary>One way of writing <paramref name="digit"/>, the common ones more often.</summary>
    public Skeleton Pick(int digit, RandomSource random)
    {
        var remaining = random.Unit() * _byDigit[digit].Sum(skeleton => skeleton.Weight);
        return _byDigit[digit].FirstOrDefault(skeleton => (remaining -= skeleton.Weight) < 0) ?? _byDigit[digit].Last();
    }

    private static IEnumerable<string> ReadLines()
    {
        using var reader = new StreamReader(typeof(SkeletonLibrary).Assembly.GetManifestResourceStream("skeletons.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#')).ToList();
    }
}
