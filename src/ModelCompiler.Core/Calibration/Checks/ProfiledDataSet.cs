using ModelCompiler.Caching;

namespace ModelCompiler.Calibration.Checks;

/// <summary>Another data set, whose samples are looked at as they pass: judging a set costs no reading of its own.</summary>
/// <param name="source">The data set.</param>
/// <param name="profile">Is told of each sample.</param>
internal sealed class ProfiledDataSet(DataSet source, DataProfile profile) : DataSet
{
    public override string Path => source.Path;

    public override int Count => source.Count;

    public override bool IsLabelled => source.IsLabelled;

    public override bool HasBoxes => source.HasBoxes;

    internal override IReadOnlyList<int>? Classes => source.Classes;

    internal override IEnumerable<string> Files => source.Files;

    internal override IReadOnlyList<string> NotRead => source.NotRead;

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places)
    {
        foreach (var (i, sample) in source.Read(places).Index())
        {
            profile.Add(places[i], sample);
            yield return sample;
        }
    }

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places) => source.TryAddTo(key, places);
}
