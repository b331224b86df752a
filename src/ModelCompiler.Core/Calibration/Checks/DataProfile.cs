using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>What has been seen of a data set: the traits of each sample that passed, by its place in the set.</summary>
/// <param name="image">The input that is an image; null where none is.</param>
internal sealed class DataProfile(ManifestInput? image)
{
    private readonly Dictionary<int, SampleTraits> _seen = [];
    private readonly Lock _lock = new();

    /// <summary>The input that is an image; null where none is.</summary>
    public ManifestInput? Image => image;

    /// <summary>Looks at a sample, unless the one at this place has passed before. Any thread may call it.</summary>
    public void Add(int place, Sample sample)
    {
        if (Find(place) is null)
            Add(place, SampleTraits.Of(sample, image));
    }

    public void Add(int place, SampleTraits traits)
    {
        lock (_lock)
            _seen.TryAdd(place, traits);
    }

    /// <summary>Places of which nothing has passed yet.</summary>
    public int[] Missing(IEnumerable<int> places) => [.. places.Where(place => Find(place) is null)];

    /// <summary>The samples at the given places; null where one of them has not passed.</summary>
    public IReadOnlyList<SampleTraits>? At(IEnumerable<int> places)
    {
        var traits = new List<SampleTraits>();
        foreach (var place in places)
        {
            if (Find(place) is not { } sample)
                return null;
            traits.Add(sample);
        }

        return traits;
    }

    private SampleTraits? Find(int place)
    {
        lock (_lock)
            return _seen.GetValueOrDefault(place);
    }
}
