using ModelCompiler.Caching;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>A folder of JPEG and PNG images.</summary>
internal sealed class ImageDataSet : DataSet
{
    private readonly IReadOnlyList<LabelledFile> _files;
    private readonly ManifestInput _input;
    private readonly ImageTensors _tensors;
    private readonly string? _predicted;

    private ImageDataSet(string path, IReadOnlyList<LabelledFile> files, ManifestInput input, string? predicted)
    {
        Path = path;
        _files = files;
        _predicted = predicted;
        _input = input;
        _tensors = new ImageTensors(input);
    }

    public override string Path { get; }

    public override int Count => _files.Count;

    public override bool IsLabelled => _files.All(file => file.Label is not null || file.Boxes is not null || file.Mask is not null || file.Values is not null);

    public override bool HasBoxes => _files.All(file => file.Boxes is not null);

    internal override ManifestInput? ImageInput => _input;

    internal override IReadOnlyList<int>? Classes => _files.All(file => file.Label is not null) ? [.. _files.Select(file => file.Label!.Value)] : null;

    internal override IEnumerable<string> Files =>
        _files.SelectMany(file => new[] { file.Path, file.Boxes, file.Mask }).Append(ImageFolder.TableOf(Path)).OfType<string>().Where(File.Exists);

    internal override IReadOnlyList<string> NotRead => ImageFolder.NotRead(Path);

    public static new ImageDataSet Open(string path, DataModel model)
    {
        if (model.Inputs is not [{ Image: not null } input])
        {
            throw DoesNotFit(path, model.Inputs.Count == 1
                ? $"it holds images, but nothing says how an image becomes the input '{model.Inputs[0].Value.Name}'. Describe it with Preprocess or in the sidecar"
                : $"it holds images, but the model has {model.Inputs.Count} inputs. Give a .npz file with an array for each");
        }

        var files =
            model.IsDetector ? ListForDetector(path, model) :
            model.Task == ModelTask.Segmentation ? ListForSegmentation(path, model) :
            model.Task == ModelTask.Regression ? ImageFolder.ListWithValues(path) :
            ImageFolder.List(path, model.Labels);
        if (files.Count > 0)
            return new ImageDataSet(path, files, input, model.OutputOf(OutputKind.Value)?.Value.Name);
        throw ImageFolder.NotRead(path) is { Count: > 0 } unread ? Empty(path, $": its {unread.Count} pictures are {ImageFolder.TypesOf(unread)} files, which are not read") : Empty(path);
    }

    private static IReadOnlyList<LabelledFile> ListForDetector(string path, DataModel model)
    {
        var folder = BoxFolder.ImagesOf(path);
        return BoxFolder.WithBoxes(folder, ImageFolder.List(folder, model.Labels));
    }

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => ReadImages(places).Select(_tensors.SampleOf);

    internal override IEnumerable<SourceImage> ReadImages(IReadOnlyList<int> places) => places.Select(place => Decode(_files[place]));

    private static IReadOnlyList<LabelledFile> ListForSegmentation(string path, DataModel model)
    {
        var folder = BoxFolder.ImagesOf(path);
        return MaskFolder.WithMasks(folder, ImageFolder.List(folder, model.Labels));
    }

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places)
    {
        key.Add(ManifestWriter.Write([_input]));
        foreach (var place in places)
            AddFile(key, _files[place].Path);
        return true;
    }

    private SourceImage Decode(LabelledFile file)
    {
        try
        {
            var decoded = ImageDecoder.Decode(File.ReadAllBytes(file.Path));
            return new SourceImage(Path, file.Path, new RgbImage(decoded.Bytes, decoded.Width, decoded.Height))
            {
                Known = new Sample(System.IO.Path.GetFileName(file.Path), new Dictionary<string, Tensor>(StringComparer.Ordinal))
                {
                    Label = file.Label,
                    Slice = file.Slice,
                    Boxes = file.Boxes is { } boxes ? BoxFile.Read(boxes, decoded.Width, decoded.Height) : null,
                    Mask = file.Mask is { } mask ? MaskFile.Read(mask) : null,
                    Targets = TargetsOf(file),
                },
            };
        }
        catch (Exception exception) when (exception is ImageDecodeException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file.Path, exception.Message);
        }
    }

    private Dictionary<string, Tensor> TargetsOf(LabelledFile file)
    {
        var targets = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        if (file.Values is { } values && _predicted is not null)
            targets[_predicted] = Tensor.Vector<float>(values);
        return targets;
    }
}
