namespace ModelCompiler.Calibration;

/// <summary>Another data set, of which as many samples are kept in memory as there is room for: those need not be read and decoded at every use.</summary>
/// <param name="source">The data set.</param>
/// <param name="room">Bytes of tensors to keep at most.</param>
internal sealed class KeptDataSet(DataSet source, long room) : WrappedDataSet(source)
{
    private readonly Dictionary<int, Sample> _kept = [];
    private readonly Lock _lock = new();
    private long _room = room;

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places)
    {
        var kept = places.Select(Find).ToArray();
        using var others = Source.Read([.. places.Where((_, i) => kept[i] is null)]).GetEnumerator();
        for (var i = 0; i < kept.Length; i++)
            yield return kept[i] ?? Keep(places[i], Next(others));
    }

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
