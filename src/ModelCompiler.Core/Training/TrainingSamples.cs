using ModelCompiler.Calibration;

namespace ModelCompiler.Training;

/// <summary>Samples in two parts: the student learns from some, and the others tell whether it got better.</summary>
/// <param name="Set">All of them. They need no labels.</param>
/// <param name="Learn">Places of those that are learnt from.</param>
/// <param name="HeldOut">Places of those that judge, which ascend.</param>
internal sealed record TrainingSamples(DataSet Set, int[] Learn, int[] HeldOut)
{
    private const int MostHeldOut = 128;

    /// <summary>One of so many judges.</summary>
    private const int Share = 8;

    /// <summary>Every eighth sample is held out, at most 128, spread over the set; of fewer than 8 samples all do both.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="most">How many samples to use at most.</param>
    public static TrainingSamples Of(DataSet set, int most)
    {
        var places = set.PlacesOf(most);
        if (places.Length < Share)
            return new(set, places, places);
        var every = Math.Max(Share, (places.Length + MostHeldOut - 1) / MostHeldOut);
        int[] heldOut = [.. places.Where((_, i) => i % every == every - 1)];
        return new(set, [.. places.Where((_, i) => i % every != every - 1)], heldOut);
    }

    /// <summary>Samples at places in any order, of which some may come twice.</summary>
    public IReadOnlyList<Sample> Read(int[] places)
    {
        int[] distinct = [.. places.Distinct().Order()];
        var read = distinct.Zip(Set.Read(distinct)).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. places.Select(place => read[place])];
    }
}
