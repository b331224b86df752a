using ModelCompiler.Caching;
using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>Another data set, of which as many samples are kept in memory as there is room for: those need not be read and decoded at every use.</summary>
/// <param name="source">The data set.</param>
/// <param name="room">Bytes of tensors to keep at most.</param>
internal sealed class KeptDataSet(DataSet source, long room) : DataSet
{
    private readonly Dictionary<int, Sample> _kept = [];
    private readonly Lock _lock = new();
    private long _room = room;

    public override string Path => source.Path;

    public override int Count => source.Count;

    public override bool IsLabelled => source.IsLabelled;

    public override bool HasBoxes => source.HasBoxes;

    internal override ManifestInput? ImageInput => source.ImageInput;

    internal override IReadOnlyList<int>? Classes => source.Classes;

    internal override IEnumerable<string> Files => source.Files;

    internal override IReadOnlyList<string> NotRead => source.NotRead;

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places)
    {
        var kept = places.Select(Find).ToArray();
        using var others = source.Read([.. places.Where((_, i) => kept[i] is null)]).GetEnumerator();
        for (var i = 0; i < kept.Length; i++)
            yield return kept[i] ?? Keep(places[i], Next(others));
    }

    internal override IEnumerable<SourceImage> ReadImages(IReadOnlyList<int> places) => source.ReadImages(places);

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places) => source.TryAddTo(key, places);

    private Sample? Find(int place)
    {
        lock (_lock)
            return _kept.GetValueOrDefault(place);
    }

    private Sample Keep(int place, Sample sample)
    {
        var bytes = sample.Inputs.Values.Concat(sample.ExpectedOutputs.Values).Sum(tensor => tensor.Data.Length) + (sizeof(ushort) * (long)(sample.Mask?.Classes.Length ?? 0));
        lock (_lock)
        {
            if (bytes <= _room && _kept.TryAdd(place, sample))
                _room -= bytes;
        }

        return sample;
    }

    private static Sample Next(IEnumerator<Sample> samples) =>
        samples.MoveNext() ? samples.Current : throw new InvalidOperationException("A data set reads as many samples as it is asked for.");
}
