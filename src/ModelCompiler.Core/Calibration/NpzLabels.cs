using System.IO.Compression;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>
/// The array <c>labels</c> of a <c>.npz</c> file. What it holds follows from the model's task: the class of each sample, the class of each pixel [samples, height, width]
/// for segmentation, the values to be predicted for regression.
/// </summary>
internal sealed class NpzLabels
{
    private const string Entry = "labels.npy";

    private readonly string _path;
    private readonly NpyHeader _header;
    private readonly int[]? _classes;
    private readonly string? _predicted;

    private NpzLabels(string path, NpyHeader header, int[]? classes, string? predicted) => (_path, _header, _classes, _predicted) = (path, header, classes, predicted);

    /// <summary>The entry that is read a row a sample, beside the inputs; null where everything is known already.</summary>
    public string? RowsEntry => _classes is null ? Entry : null;

    /// <summary>The class of each sample; null where labels are something else.</summary>
    public IReadOnlyList<int>? Classes => _classes;

    /// <summary>Null where the file has no such array.</summary>
    /// <exception cref="DiagnosticException">MC0011: it does not fit the samples or the model.</exception>
    public static NpzLabels? Open(string path, ZipArchive archive, DataModel model, int samples)
    {
        if (archive.GetEntry(Entry) is not { } entry)
            return null;
        var header = NpyHeader.Of(entry);
        if (header.Shape is not [var count, ..] || count != samples)
            throw DataSet.DoesNotFit(path, $"the array 'labels' must hold one label for each of the {samples} samples, and its shape is [{string.Join(',', header.Shape)}]");
        if (Mistake(header, model) is { } mistake)
            throw DataSet.DoesNotFit(path, mistake);
        if (model.Task == ModelTask.Segmentation)
            return new NpzLabels(path, header, null, null);
        if (model.OutputOf(OutputKind.Value) is { } predicted)
            return new NpzLabels(path, header, null, predicted.Value.Name);
        using var rows = NpyRows.Open(entry.Open());
        return new NpzLabels(path, header, NpzIntegers.Of(rows.Next(samples, header.Shape)), null);
    }

    /// <summary>The sample with its label.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="place">Its place in the file.</param>
    /// <param name="rows">The array of <see cref="RowsEntry"/>, at that place.</param>
    public Sample AddTo(Sample sample, int place, NpyRows rows)
    {
        if (_classes is not null)
            return sample with { Label = _classes[place] };
        var values = rows.Next(1, [1, .. _header.Shape[1..]]);
        if (_predicted is not null)
            return sample with { Targets = new Dictionary<string, Tensor>(sample.Targets, StringComparer.Ordinal) { [_predicted] = values } };
        try
        {
            return sample with { Mask = new ClassMask(_path, (int)_header.Shape[2], (int)_header.Shape[1], Array.ConvertAll(Numbers(values), value => ClassMask.ClassOf(value))) };
        }
        catch (FormatException exception)
        {
            throw DataSet.DoesNotFit(_path, $"the array 'labels' holds {exception.Message}");
        }
    }

    private static string? Mistake(NpyHeader header, DataModel model)
    {
        var isFloat = header.Type.IsFloatingPoint();
        return (model.Task, header.Shape.Length) switch
        {
            (ModelTask.Segmentation, 3) when !isFloat => null,
            (ModelTask.Segmentation, _) => "the array 'labels' of a segmentation model must hold the class of each pixel: integers of the shape [samples, height, width]",
            (ModelTask.Regression, _) when model.OutputOf(OutputKind.Value) is null => "the array 'labels' holds what is to be predicted, but nothing says which output predicts it. Say \"kind\": \"value\" in the sidecar",
            (ModelTask.Regression, _) => isFloat ? null : "the array 'labels' holds integers, which are classes, but the model predicts values. Give the right values as floats",
            (_, 3) when !isFloat => "the array 'labels' holds a class for each pixel, but nothing says that the model is one for segmentation. Say Task=\"Segmentation\"",
            (_, not 1) => "the array 'labels' must hold one class index for each sample",
            _ when isFloat => $"the array 'labels' must hold integers, the indices of classes, not {header.Type.OnnxName()}. For values that the model predicts say Task=\"Regression\"",
            _ => header.Type is ElementType.Bool or ElementType.UInt32 or ElementType.UInt64 ? $"the array 'labels' must hold signed or small integers, not {header.Type.OnnxName()}" : null,
        };
    }

    private static float[] Numbers(Tensor tensor) => tensor.Type == ElementType.Bool ? Array.ConvertAll(tensor.Span<byte>().ToArray(), value => (float)value) : tensor.ToFloats();
}
