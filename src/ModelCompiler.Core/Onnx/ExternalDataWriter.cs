using System.Globalization;
using ModelCompiler.Graphs;

namespace ModelCompiler.Onnx;

/// <summary>
/// Writes the tensors that lie beside the model. The files are named after the model that is written
/// (<c>net.onnx.data</c>, <c>net.onnx.2.data</c>, …), so that two models never share one, and never as a file that the model is read from.
/// </summary>
/// <param name="modelPath">The model file that is to be written.</param>
/// <param name="inUse">Full paths of the files that the model's tensors are read from.</param>
/// <param name="groupOf">Tensors of one group share a file; null keeps a tensor in the model's file.</param>
internal sealed class ExternalDataWriter(string modelPath, IReadOnlySet<string> inUse, Func<Tensor, string?> groupOf) : IDisposable
{
    private const int PageSize = 4096;

    /// <summary>From here on a tensor begins on a page of its own, so that a runtime can map it.</summary>
    private const int MinAligned = 1 << 16;

    private readonly Dictionary<string, StagedFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<TensorData, ExternalDataPlace> _written = [];
    private int _number;

    /// <summary>The finished data files, in the order in which they are first needed.</summary>
    public IEnumerable<string> Paths => _files.Values.Select(file => file.Path);

    /// <summary>Writes the tensor where it belongs outside and says where it is now; null where it stays in the model's file.</summary>
    public ExternalDataPlace? Place(Tensor tensor)
    {
        if (groupOf(tensor) is not { } group)
            return null;
        if (_written.TryGetValue(tensor.Data, out var place))
            return place;
        if (!_files.TryGetValue(group, out var file))
            _files[group] = file = new StagedFile(NextPath());
        Align(file.Stream, tensor.Data.Length >= MinAligned ? PageSize : 16);
        place = new ExternalDataPlace(Path.GetFileName(file.Path), file.Stream.Position, tensor.Data.Length);
        tensor.Data.CopyTo(file.Stream);
        return _written[tensor.Data] = place;
    }

    /// <summary>Puts the files in their place.</summary>
    public void Publish()
    {
        foreach (var file in _files.Values)
            file.Publish();
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private string NextPath()
    {
        string path;
        do
        {
            _number++;
            path = _number == 1 ? $"{modelPath}.data" : string.Create(CultureInfo.InvariantCulture, $"{modelPath}.{_number}.data");
        }
        while (inUse.Contains(path));
        return path;
    }

    private static void Align(Stream stream, int alignment)
    {
        var gap = (int)(-stream.Position & (alignment - 1));
        stream.Write(new byte[gap]);
    }
}
