using System.Globalization;
using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;

namespace ModelCompiler.Calibration;

/// <summary>
/// A folder of <c>test_data_set_N</c> folders, the form of ONNX's own tests: <c>input_i.pb</c> and <c>output_i.pb</c>, each one tensor,
/// numbered as the model's inputs and outputs.
/// </summary>
internal sealed class TensorFolderDataSet : DataSet
{
    private const string Prefix = "test_data_set_";

    private readonly DataModel _model;
    private readonly string[] _folders;

    private TensorFolderDataSet(string path, DataModel model, string[] folders)
    {
        Path = path;
        _model = model;
        _folders = folders;
    }

    public override string Path { get; }

    public override int Count => _folders.Length;

    public override bool IsLabelled => false;

    public override bool HasBoxes => false;

    internal override IEnumerable<string> Files =>
        _folders.SelectMany(folder => FilesOf(folder, "input", _model.Inputs.Count).Concat(FilesOf(folder, "output", _model.Outputs.Count))).Where(File.Exists);

    public static bool Matches(string path) => Folders(path).Any();

    public static new TensorFolderDataSet Open(string path, DataModel model) =>
        new(path, model, [.. Folders(path).OrderBy(found => found.Number).Select(found => found.Folder)]);

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(place => Read(_folders[place]));

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places)
    {
        key.Add(ManifestWriter.Write(_model.Inputs));
        foreach (var file in places.SelectMany(place => FilesOf(_folders[place], "input", _model.Inputs.Count)).Where(File.Exists))
            AddFile(key, file);
        return true;
    }

    private static IEnumerable<(int Number, string Folder)> Folders(string path) =>
        from folder in Directory.EnumerateDirectories(path, Prefix + "*")
        let number = int.TryParse(System.IO.Path.GetFileName(folder)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1
        where number >= 0
        select (number, folder);

    private Sample Read(string folder)
    {
        var inputs = ReadValues(folder, "input", [.. _model.Inputs.Select(input => input.Value.Name)]);
        foreach (var input in _model.Inputs.Select(input => input.Value))
        {
            if (!inputs.TryGetValue(input.Name, out var tensor))
                throw DoesNotFit($"'{folder}' has no file for the input '{input.Name}'");
            if ((InputFit.Mismatch(input, tensor.Type) ?? InputFit.Mismatch(input, tensor.Dims)) is { } mismatch)
                throw DoesNotFit($"{mismatch} ('{folder}')");
        }

        var expected = ReadValues(folder, "output", [.. _model.Outputs.Select(output => output.Name)]);
        return new Sample(System.IO.Path.GetFileName(folder), inputs) { ExpectedOutputs = expected, Targets = expected };
    }

    /// <summary>The tensors of <c>kind_0.pb</c>, <c>kind_1.pb</c>, … A tensor that bears the name of a value belongs to it, another goes by its number.</summary>
    private static Dictionary<string, Tensor> ReadValues(string folder, string kind, string[] names)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (i, file) in FilesOf(folder, kind, names.Length).Index().Where(file => File.Exists(file.Item)))
        {
            var (name, tensor) = ReadTensor(file);
            tensors[Array.IndexOf(names, name) >= 0 ? name : names[i]] = tensor;
        }

        return tensors;
    }

    private static IEnumerable<string> FilesOf(string folder, string kind, int count) =>
        Enumerable.Range(0, count).Select(i => System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{kind}_{i}.pb")));

    private static (string Name, Tensor Tensor) ReadTensor(string file)
    {
        try
        {
            return TensorFile.Read(file);
        }
        catch (DiagnosticException exception)
        {
            throw Unreadable(file, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, exception.Message);
        }
    }
}
