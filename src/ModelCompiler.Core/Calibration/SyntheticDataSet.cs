using ModelCompiler.Caching;
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

    /// <summary>Numbers that all samples together hold, more or less: many small ones or a few large ones.</summary>
    private const long Numbers = 1 << 20;

    private const int FewestSamples = 8;

    private const int MostSamples = 32;

    /// <summary>Integers are often indices. These are small enough for nearly every table; the larger ones reach more of it, where the model runs with them.</summary>
    private const int SmallTable = 8;
    private const int LargeTable = 256;

    private readonly DataModel _model;
    private readonly int _count;
    private readonly long? _openSize;
    private readonly int _integers;

    /// <param name="model">The signature.</param>
    /// <param name="count">How many samples.</param>
    /// <param name="openSize">The size of open dimensions; null guesses each.</param>
    /// <param name="integers">Integers lie below this.</param>
    internal SyntheticDataSet(DataModel model, int count, long? openSize = null, int integers = SmallTable)
    {
        _model = model;
        _count = count;
        _openSize = openSize;
        _integers = integers;
    }

    /// <summary>Inputs that the model runs with: where it leaves dimensions open, sizes are tried until it does.</summary>
    /// <exception cref="DiagnosticException">MC1010: it runs with none of them.</exception>
    public static SyntheticDataSet For(OrtModel running, DataModel model)
    {
        DiagnosticException? refused = null;
        foreach (var openSize in HasOpenDimensions(model) ? OpenSizes : [null])
        {
            foreach (var integers in (int[])[LargeTable, SmallTable])
            {
                try
                {
                    return new SyntheticDataSet(model, CountFor(running, new SyntheticDataSet(model, 1, openSize, integers)), openSize, integers);
                }
                catch (DiagnosticException refusal)
                {
                    refused ??= refusal;
                }
            }
        }

        throw refused!;
    }

    public override string Path => "synthetic inputs";

    public override int Count => _count;

    public override bool IsLabelled => false;

    public override bool HasBoxes => false;

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(Make);

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places)
    {
        key.Add(ManifestWriter.Write(_model.Inputs)).Add(_openSize ?? -1).Add(_integers);
        foreach (var place in places)
            key.Add(place);
        return true;
    }

    private Sample Make(int place)
    {
        var sizes = new SyntheticSizes(_openSize);
        var inputs = _model.Inputs.ToDictionary(
            input => input.Value.Name,
            input => SyntheticTensor.Of(input, sizes.Of(input.Value), place == 0, _integers, new Noise(place, input.Value.Name)),
            StringComparer.Ordinal);
        return new Sample($"{Path}[{place}]", inputs);
    }

    /// <exception cref="DiagnosticException">MC1010: the model does not run with them.</exception>
    private static int CountFor(OrtModel running, SyntheticDataSet one)
    {
        var inputs = one.Samples().Single().Inputs;
        running.Run(inputs, running.ReadableOutputs);
        return (int)Math.Clamp(Numbers / Math.Max(1, inputs.Values.Sum(tensor => tensor.Count)), FewestSamples, MostSamples);
    }

    private static bool HasOpenDimensions(DataModel model) =>
        model.Inputs.Any(input => input.Value.Shape is not { } shape || shape.Any(dimension => !dimension.IsFixed));
}
