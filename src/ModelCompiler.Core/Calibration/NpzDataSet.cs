using System.Globalization;
using System.IO.Compression;
using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>A <c>.npz</c> file: a zip of NumPy arrays named as the model's inputs, optionally also as its outputs, <see cref="NpzLabels"/> and <c>slices</c>.</summary>
internal sealed class NpzDataSet : DataSet
{
    private const string Slices = "slices";

    private readonly IReadOnlyList<NpzColumn> _inputs;
    private readonly IReadOnlyList<NpzColumn> _outputs;
    private readonly NpzLabels? _labels;
    private readonly int[]? _slices;
    private readonly DataModel _model;

    private NpzDataSet(string path, DataModel model, IReadOnlyList<NpzColumn> inputs, IReadOnlyList<NpzColumn> outputs, NpzLabels? labels, int[]? slices)
    {
        Path = path;
        _model = model;
        _inputs = inputs;
        _outputs = outputs;
        _labels = labels;
        _slices = slices;
    }

    public override string Path { get; }

    public override int Count => _inputs[0].Samples;

    public override bool IsLabelled => _labels is not null;

    public override bool HasBoxes => false;

    internal override IReadOnlyList<int>? Classes => _labels?.Classes;

    internal override IEnumerable<string> Files => [Path];

    public static new NpzDataSet Open(string path, DataModel model) => Guard(path, () =>
    {
        using var archive = ZipFile.OpenRead(path);
        NpzColumn[] inputs = [.. model.Inputs.Select(input => Column(path, archive, input.Value) ?? throw Missing(path, archive, input.Value.Name))];
        if (inputs.Length == 0)
            throw DoesNotFit(path, "the model has no inputs");
        if (inputs.Select(column => column.Samples).Distinct().Count() > 1)
            throw DoesNotFit(path, $"its arrays hold different numbers of samples: {string.Join(", ", inputs.Select(column => $"'{column.Value.Name}' {column.Samples}"))}");
        if (inputs[0].Samples == 0)
            throw Empty(path);
        NpzColumn[] outputs = [.. model.Outputs.Select(output => Expected(archive, output)).OfType<NpzColumn>().Where(column => column.Samples == inputs[0].Samples)];
        var slices = inputs.Any(column => column.Value.Name == Slices) ? null : NpzIntegers.Read(path, archive, Slices, inputs[0].Samples);
        return new NpzDataSet(path, model, inputs, outputs, NpzLabels.Open(path, archive, model, inputs[0].Samples), slices);
    });

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places)
    {
        using var archive = Guard(Path, () => ZipFile.OpenRead(Path));
        var arrays = new List<NpyRows>();
        try
        {
            foreach (var entry in _inputs.Concat(_outputs).Select(column => column.Entry).Concat(_labels?.RowsEntry is { } labels ? [labels] : []))
                arrays.Add(Guard(Path, () => NpyRows.Open(archive.GetEntry(entry)!.Open())));
            var next = 0;
            foreach (var place in places)
            {
                var skipped = place - next;
                yield return Guard(Path, () => ReadOne(place, skipped, arrays));
                next = place + 1;
            }
        }
        finally
        {
            foreach (var array in arrays)
                array.Dispose();
        }
    }

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places)
    {
        key.Add(ManifestWriter.Write(_model.Inputs));
        foreach (var place in places)
            key.Add(place);
        AddFile(key, Path);
        return true;
    }

    private Sample ReadOne(int place, int skipped, List<NpyRows> arrays)
    {
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var expected = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < _inputs.Count + _outputs.Count; i++)
        {
            var column = i < _inputs.Count ? _inputs[i] : _outputs[i - _inputs.Count];
            arrays[i].Skip(checked(skipped * column.RowsPerSample));
            (i < _inputs.Count ? inputs : expected)[column.Value.Name] = arrays[i].Next(column.RowsPerSample, column.Dims);
        }

        var sample = new Sample($"{System.IO.Path.GetFileName(Path)}[{place}]", inputs) { ExpectedOutputs = expected, Targets = expected, Slice = _slices?[place].ToString(CultureInfo.InvariantCulture) };
        if (_labels is null)
            return sample;
        if (_labels.RowsEntry is not null)
            arrays[^1].Skip(skipped);
        return _labels.AddTo(sample, place, arrays[^1]);
    }

    private static NpzColumn? Column(string path, ZipArchive archive, ValueSignature value)
    {
        if (archive.GetEntry(value.Name + ".npy") is not { } entry)
            return null;
        var header = NpyHeader.Of(entry);
        try
        {
            return NpzColumn.Of(value, entry.FullName, header);
        }
        catch (FormatException exception)
        {
            throw DoesNotFit(path, exception.Message);
        }
    }

    /// <summary>An array with an output's name that does not fit it is some other array.</summary>
    private static NpzColumn? Expected(ZipArchive archive, ValueSignature output)
    {
        try
        {
            return archive.GetEntry(output.Name + ".npy") is { } entry ? NpzColumn.Of(output, entry.FullName, NpyHeader.Of(entry)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static DiagnosticException Missing(string path, ZipArchive archive, string input) =>
        DoesNotFit(path, $"it has no array '{input}' for the input of that name; it has {string.Join(", ", archive.Entries.Select(entry => $"'{System.IO.Path.GetFileNameWithoutExtension(entry.FullName)}'"))}");

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException)
        {
            throw Unreadable(path, "it is not a .npz file (a zip of NumPy arrays)");
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException or OverflowException)
        {
            throw Unreadable(path, exception.Message);
        }
    }
}
