using ModelCompiler.Calibration;

namespace ModelCompiler.Passes;

/// <summary>Typical inputs, in two parts: what is fitted to some of them is judged by the others.</summary>
/// <param name="Fit">For statistics and repair. Read anew at every use.</param>
/// <param name="FitCount">How many they are.</param>
/// <param name="HeldOut">For measuring sensitivity; a few, kept in memory.</param>
/// <param name="AreTypical">False where they are made up: they show that the model runs, and nothing of what its channels are worth.</param>
internal sealed record PruningSamples(IEnumerable<Sample> Fit, int FitCount, IReadOnlyList<Sample> HeldOut, bool AreTypical)
{
    private const int MostHeldOut = 64;

    private int[] _places = [];

    /// <summary>Both parts together, for what is fitted once everything is chosen and no longer judged.</summary>
    public IEnumerable<Sample> All { get; init; } = Fit.Concat(HeldOut);

    /// <summary>How many they are.</summary>
    public int AllCount { get; init; } = FitCount + HeldOut.Count;

    /// <summary>The same, with nothing fitted to some samples that have yet to judge what is trained afterwards.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="unseen">Places of these samples.</param>
    public PruningSamples Without(DataSet data, IReadOnlyCollection<int> unseen)
    {
        int[] all = [.. _places.Except(unseen)];
        return all.Length == 0 ? this : this with { All = new Places(data, all), AllCount = all.Length };
    }

    /// <summary>Every fourth sample is held out, at most 64; a set of fewer than 8 is used for both.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="most">How many samples to use at most.</param>
    /// <param name="areTypical">Whether the app will see inputs like these.</param>
    public static PruningSamples Of(DataSet data, int most, bool areTypical)
    {
        var count = Math.Min(data.Count, most);
        int[] places = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))];
        if (count < 8)
            return new(new Places(data, places), count, [.. data.Read(places)], areTypical) { All = new Places(data, places), AllCount = count, _places = places };
        int[] heldOut = [.. places.Where((_, i) => i % 4 == 3)];
        int[] fit = [.. places.Where((_, i) => i % 4 != 3)];
        return new(new Places(data, fit), fit.Length, [.. data.Read([.. Spread(heldOut)])], areTypical) { All = new Places(data, places), AllCount = count, _places = places };
    }

    private static IEnumerable<int> Spread(int[] places)
    {
        var taken = Math.Min(places.Length, MostHeldOut);
        return Enumerable.Range(0, taken).Select(i => places[(int)((long)i * places.Length / taken)]);
    }

    /// <summary>Some samples of a set, decoded ahead of their use.</summary>
    private sealed class Places(DataSet data, int[] places) : IEnumerable<Sample>
    {
        private const int MostAhead = 3;

        public IEnumerator<Sample> GetEnumerator() => ReadAhead.Of(data.Read(places), MostAhead).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
