namespace ModelCompiler.Calibration.Checks;

/// <summary>Another data set, whose samples are looked at as they pass: judging a set costs no reading of its own.</summary>
/// <param name="source">The data set.</param>
/// <param name="profile">Is told of each sample.</param>
internal sealed class ProfiledDataSet(DataSet source, DataProfile profile) : WrappedDataSet(source)
{
    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places)
    {
        foreach (var (i, sample) in Source.Read(places).Index())
        {
            profile.Add(places[i], sample);
            yield return sample;
        }
    }
}
