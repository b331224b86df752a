using ModelCompiler.Contract;
using ModelCompiler.Execution;

namespace ModelCompiler.Calibration;

/// <summary>
/// Inputs made up from the model's signature, for a comparison where no data is given: the same ones every time.
/// They exercise the arithmetic; they say nothing of accuracy and must not set the ranges of activations.
/// </summary>
public sealed class SyntheticDataSet : DataSet
{
    /// <summary>Sizes of open dimensions that are tried where the guessed ones do not run, likely ones first: a time axis often has a least length.</summary>
    private static readonly long?[] OpenSizes = [null, 32, 20, 64, 8, 2, 128, 256, 512, 1];

    private readonly DataModel _model;
    private readonly int _count;
    private readonly long? _openSize;

    internal SyntheticDataSet(DataModel model, int count, long? openSize = null)
    {
        _model = model;
        _count = count;
        _openSize = openSize;
    }

    /// <summary>Inputs that the model runs with: where it leaves dimensions open, sizes are tried until it does.</summary>
    /// <exception cref="DiagnosticException">MC1010: it runs with none of them.</exception>
    public static SyntheticDataSet For(OrtModel running, DataModel model, int count)
    {
        DiagnosticException? first = null;
        foreach (var openSize in HasOpenDimensions(model) ? OpenSizes : [null])
        {
            try
            {
                var samples = new SyntheticDataSet(model, count, openSize);
                running.Run(samples.Samples(1).First().Inputs, running.ReadableOutputs);
                return samples;
            }
            catch (DiagnosticException refusal)
            {
                first ??= refusal;
            }
        }

        throw first!;
    }

    public override string Path => "synthetic inputs";

    public override int Count => _count;

    public override bool IsLabelled => false;

    protected override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(Make);

    private Sample Make(int place)
    {
        var sizes = new SyntheticSizes(_openSize);
        var inputs = _model.Inputs.ToDictionary(
            input => input.Value.Name,
            input => SyntheticTensor.Of(input, sizes.Of(input.Value), new Noise(place, input.Value.Name)),
            StringComparer.Ordinal);
        return new Sample($"{Path}[{place}]", inputs);
    }

    private static bool HasOpenDimensions(DataModel model) =>
        model.Inputs.Any(input => input.Value.Shape is not { } shape || shape.Any(dimension => !dimension.IsFixed));
}
