namespace ModelCompiler.Calibration;

/// <summary>
/// Inputs made up from the model's signature, for a comparison where no data is given: the same ones every time.
/// They exercise the arithmetic; they say nothing of accuracy and must not set the ranges of activations.
/// </summary>
public sealed class SyntheticDataSet(DataModel model, int count) : DataSet
{
    public override string Path => "synthetic inputs";

    public override int Count => count;

    public override bool IsLabelled => false;

    protected override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(Make);

    private Sample Make(int place)
    {
        var sizes = new SyntheticSizes();
        var inputs = model.Inputs.ToDictionary(
            input => input.Value.Name,
            input => SyntheticTensor.Of(input, sizes.Of(input.Value), new Noise(place, input.Value.Name)),
            StringComparer.Ordinal);
        return new Sample($"{Path}[{place}]", inputs);
    }
}
