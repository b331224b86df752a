using System.IO.Compression;
using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>A <c>.npz</c> file: a zip of NumPy arrays named as the model's inputs, optionally also as its outputs, and <c>labels</c>.</summary>
internal sealed class NpzDataSet : DataSet
{
    private const string LabelsEntry = "labels.npy";

    private readonly IReadOnlyList<NpzColumn> _inputs;
    private readonly IReadOnlyList<NpzColumn> _outputs;
    private readonly int[]? _labels;
    private readonly DataModel _model;

    private NpzDataSet(string path, DataModel model, IReadOnlyList<NpzColumn> inputs, IReadOnlyList<NpzColumn> outputs, int[]? labels)
    {
        Path = path;
        _model = model;
        _inputs = inputs;
        _outputs = outputs;
        _labels = labels;
    }

    public override string Path { get; }

    public override int Count => _inputs[0].Samples;

    public override bool IsLabelled => _labels is not null;

    public override bool HasBoxes => false;

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
        return new NpzDataSet(path, model, inputs, outputs, ReadLabels(path, archive, inputs[0].Samples));
    });

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places)
    {
        using var archive = Guard(Path, () => ZipFile.OpenRead(Path));
        var columns = _inputs.Concat(_outputs).ToArray();
        var arrays = new List<NpyRows>();
        try
        {
            foreach (var column in columns)
                arrays.Add(Guard(Path, () => NpyRows.Open(archive.GetEntry(column.Entry)!.Open())));
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
        for (var i = 0; i < arrays.Count; i++)
        {
            var column = i < _inputs.Count ? _inputs[i] : _outputs[i - _inputs.Count];
            arrays[i].Skip(checked(skipped * column.RowsPerSample));
            (i < _inputs.Count ? inputs : expected)[column.Value.Name] = arrays[i].Next(column.RowsPerSample, column.Dims);
        }

        return new Sample($"{System.IO.Path.GetFileName(Path)}[{place}]", inputs) { Label = _labels?[place], ExpectedOutputs = expected };
    }

    private static NpzColumn? Column(string path, ZipArchive archive, ValueSignature value)
    {
        if (archive.GetEntry(value.Name + ".npy") is not { } entry)
            return null;
        var header = Header(entry);
        try
        {
            return NpzColumn.Of(value, entry.FullName, header);
        }
        catch (FormatException exception)
        {
            throw DoesNotFit(path, exception.Message);
        }
    }

    private static NpyHeader Header(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return NpyHeader.Read(stream);
    }

    /// <summary>An array with an output's name that does not fit it is some other array.</summary>
    private static NpzColumn? Expected(ZipArchive archive, ValueSignature output)
    {
        try
        {
            return archive.GetEntry(output.Name + ".npy") is { } entry ? NpzColumn.Of(output, entry.FullName, Header(entry)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static int[]? ReadLabels(string path, ZipArchive archive, int samples)
    {
        if (archive.GetEntry(LabelsEntry) is not { } entry)
            return null;
        var header = Header(entry);
        if (header.Shape is not [var count] || count != samples)
            throw DoesNotFit(path, $"the array 'labels' must hold one class index for each of the {samples} samples");
        using var rows = NpyRows.Open(entry.Open());
        return ClassIndices(rows.Next(samples, header.Shape)) ?? throw DoesNotFit(path, $"the array 'labels' must hold integers, not {header.Type.OnnxName()}");
    }

    private static int[]? ClassIndices(Tensor labels) => labels.Type switch
    {
        ElementType.Int64 => Array.ConvertAll(labels.Span<long>().ToArray(), label => checked((int)label)),
        ElementType.Int32 => labels.Span<int>().ToArray(),
        ElementType.UInt8 or ElementType.Int8 or ElementType.Int16 or ElementType.UInt16 => Array.ConvertAll(labels.ToFloats(), label => (int)label),
        _ => null,
    };

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
