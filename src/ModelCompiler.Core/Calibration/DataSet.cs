using ModelCompiler.Caching;
using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>Samples for calibration and evaluation, read one after the other, always in the same order.</summary>
public abstract class DataSet
{
    /// <summary>Samples that are read before they are asked for.</summary>
    private const int MostAhead = 3;

    /// <summary>The folder or file, or another name for messages.</summary>
    public abstract string Path { get; }

    /// <summary>Number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the samples say what is right: by <see cref="Sample.Label"/>, <see cref="Sample.Boxes"/>, <see cref="Sample.Mask"/> or labels among <see cref="Sample.Targets"/>.</summary>
    public abstract bool IsLabelled { get; }

    /// <summary>Whether every sample has <see cref="Sample.Boxes"/>.</summary>
    public abstract bool HasBoxes { get; }

    /// <summary>The class of each sample; null where samples have none, or boxes.</summary>
    internal virtual IReadOnlyList<int>? Classes => null;

    /// <summary>The files that samples and labels are read from.</summary>
    internal virtual IEnumerable<string> Files => [];

    /// <summary>Pictures that are not read, since they are of another type than those that are.</summary>
    internal virtual IReadOnlyList<string> NotRead => [];

    /// <summary>
    /// Opens a folder of images (one folder a class, or a <c>labels.tsv</c>, or unlabelled), a <c>.npz</c> file or a folder of
    /// <c>test_data_set_N</c> folders. Images become tensors as the input's <see cref="ManifestInput.Image"/> says.
    /// </summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="model">The signature that the samples must fit.</param>
    /// <exception cref="DiagnosticException">
    /// MC0008 missing, MC0009 empty, MC0010 a file cannot be read, MC0011 does not fit the model. Samples are checked as they are read.
    /// </exception>
    public static DataSet Open(string path, DataModel model)
    {
        var data = OpenUnchecked(path, model);
        foreach (var (place, index) in (data.Classes ?? []).Index())
        {
            if (model.Classes is { } classes && (index < 0 || index >= classes))
                throw DoesNotFit(path, $"its sample {place + 1} is of the class {index}, but the model's {classes} classes are 0 to {classes - 1}");
        }

        return data;
    }

    private static DataSet OpenUnchecked(string path, DataModel model)
    {
        if (File.Exists(path))
            return NpzDataSet.Open(path, model);
        if (!Directory.Exists(path))
            throw new DiagnosticException(DiagnosticRules.DataMissing.Create(path, path));
        return TensorFolderDataSet.Matches(path) ? TensorFolderDataSet.Open(path, model) : ImageDataSet.Open(path, model);
    }

    /// <summary>All samples.</summary>
    public IEnumerable<Sample> Samples() => Samples(Count);

    /// <summary>At most <paramref name="limit"/> samples, spread evenly over the set, since sets are often sorted by class. The others are not decoded.</summary>
    public IEnumerable<Sample> Samples(int limit)
    {
        var places = PlacesOf(limit);
        return places.Length > 1 ? ReadAhead.Of(Read(places), MostAhead) : Read(places);
    }

    /// <summary>The input that the set's images become; null for a set that holds no images.</summary>
    internal virtual ManifestInput? ImageInput => null;

    /// <summary>The images that <see cref="Samples(int)"/> are made from; none for a set that holds no images.</summary>
    internal IEnumerable<SourceImage> Images(int limit) => ReadImages(PlacesOf(limit));

    /// <summary>Identifies what <see cref="Samples(int)"/> gives by all that it follows from; null where that cannot be told.</summary>
    /// <exception cref="DiagnosticException">MC0010: a file cannot be read.</exception>
    internal string? KeyOf(int limit)
    {
        using var key = new ContentKey();
        var places = PlacesOf(limit);
        key.Add(GetType().Name).Add(Count).Add(places.Length);
        return TryAddTo(key, places) ? key.Finish() : null;
    }

    /// <summary>Reads the samples at the given places, which ascend. Any thread may call it; what it returns is read by one.</summary>
    protected internal abstract IEnumerable<Sample> Read(IReadOnlyList<int> places);

    /// <summary>Reads the images at the given places, which ascend.</summary>
    internal virtual IEnumerable<SourceImage> ReadImages(IReadOnlyList<int> places) => [];

    /// <summary>Adds what the samples at the given places follow from: the content of their files in order, and the way from there to tensors.</summary>
    /// <returns>False where that cannot be told.</returns>
    internal virtual bool TryAddTo(ContentKey key, IReadOnlyList<int> places) => false;

    /// <summary>A file's name and content.</summary>
    internal static void AddFile(ContentKey key, string path)
    {
        try
        {
            key.Add(System.IO.Path.GetFileName(path)).AddFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception.Message);
        }
    }

    /// <summary>The places of <see cref="Samples(int)"/>.</summary>
    internal int[] PlacesOf(int limit)
    {
        var taken = Math.Min(limit, Count);
        return [.. Enumerable.Range(0, taken).Select(i => (int)((long)i * Count / taken))];
    }

    /// <summary>MC0011 for this data set.</summary>
    protected DiagnosticException DoesNotFit(string reason) => DoesNotFit(Path, reason);

    internal static DiagnosticException DoesNotFit(string path, string reason) => new(DiagnosticRules.DataDoesNotFit.Create(path, path, reason));

    internal static DiagnosticException Empty(string path) => Empty(path, "");

    /// <summary>MC0009 with its cause, which follows "holds no samples".</summary>
    internal static DiagnosticException Empty(string path, string cause) => new(DiagnosticRules.DataEmpty.Create(path, path, cause));

    internal static DiagnosticException Unreadable(string file, string reason) => new(DiagnosticRules.DataUnreadable.Create(file, file, reason.TrimEnd('.')));
}
