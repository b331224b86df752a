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

    private ImageDataSet(string path, IReadOnlyList<LabelledFile> files, ManifestInput input)
    {
        Path = path;
        _files = files;
        _input = input;
        _tensors = new ImageTensors(input);
    }

    public override string Path { get; }

    public override int Count => _files.Count;

    public override bool IsLabelled => _files.All(file => file.Label is not null || file.Boxes is not null);

    public override bool HasBoxes => _files.All(file => file.Boxes is not null);

    public static new ImageDataSet Open(string path, DataModel model)
    {
        if (model.Inputs is not [{ Image: not null } input])
        {
            throw DoesNotFit(path, model.Inputs.Count == 1
                ? $"it holds images, but nothing says how an image becomes the input '{model.Inputs[0].Value.Name}'. Describe it with Preprocess or in the sidecar"
                : $"it holds images, but the model has {model.Inputs.Count} inputs. Give a .npz file with an array for each");
        }

        var files = model.IsDetector ? ListForDetector(path, model) : ImageFolder.List(path, model.Labels);
        return files.Count > 0 ? new ImageDataSet(path, files, input) : throw Empty(path);
    }

    private static IReadOnlyList<LabelledFile> ListForDetector(string path, DataModel model)
    {
        var folder = BoxFolder.ImagesOf(path);
        return BoxFolder.WithBoxes(folder, ImageFolder.List(folder, model.Labels));
    }

    protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(place => Read(_files[place]));

    internal override bool TryAddTo(ContentKey key, IReadOnlyList<int> places)
    {
        key.Add(ManifestWriter.Write([_input]));
        foreach (var place in places)
            AddFile(key, _files[place].Path);
        return true;
    }

    private Sample Read(LabelledFile file)
    {
        try
        {
            var pixels = ImageDecoder.Decode(File.ReadAllBytes(file.Path)).Pixels;
            var tensor = _tensors.Of(pixels);
            var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [_input.Value.Name] = tensor };
            return new Sample(System.IO.Path.GetFileName(file.Path), inputs)
            {
                Label = file.Label,
                Boxes = file.Boxes is { } boxes ? BoxFile.Read(boxes, pixels.Width, pixels.Height) : null,
                Picture = _tensors.PictureOf(pixels),
            };
        }
        catch (Exception exception) when (exception is ImageDecodeException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file.Path, exception.Message);
        }
        catch (FormatException exception)
        {
            throw DoesNotFit($"{exception.Message} ('{file.Path}')");
        }
        catch (ArgumentException exception)
        {
            // .NET adds the name of the parameter to the message.
            throw Unreadable(file.Path, exception.Message.Split(" (Parameter '")[0]);
        }
    }
}
