using System.Globalization;

namespace ModelCompiler.Calibration;

/// <summary>A file and the class it shows, where that is known.</summary>
internal sealed record LabelledFile(string Path, int? Label)
{
    /// <summary>The file with the boxes of its objects, which need not exist; null where the data set has no boxes.</summary>
    public string? Boxes { get; init; }

    /// <summary>The file with the class of each pixel; null where there is none.</summary>
    public string? Mask { get; init; }

    /// <summary>What the model should predict for it; null where nobody says.</summary>
    public float[]? Values { get; init; }

    /// <summary>The part of the data that it belongs to; null where the data set names none.</summary>
    public string? Slice { get; init; }
}

/// <summary>Finds a folder's images and their classes.</summary>
internal static class ImageFolder
{
    private const string Table = "labels.tsv";

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];

    /// <summary>Pictures too, that nothing here decodes.</summary>
    private static readonly string[] OtherExtensions = [".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".jfif", ".ppm"];

    /// <summary>
    /// The images that <c>labels.tsv</c> lists, else those of the folder, else those of its folders, one folder a class.
    /// Sorted by ordinal name, so that the order is the same everywhere.
    /// </summary>
    public static IReadOnlyList<LabelledFile> List(string folder, IReadOnlyList<string> labels)
    {
        var table = TableOf(folder);
        if (File.Exists(table))
            return ReadTable(table, (file, fields) => ClassOf(fields) is { } index ? new LabelledFile(file, index) { Slice = fields is [_, { Length: > 0 } slice, ..] ? slice : null } : null, "the index of a class");
        LabelledFile[] flat = [.. Images(folder).Select(file => new LabelledFile(file, null))];
        return flat.Length > 0 ? flat : ListClasses(folder, labels);
    }

    /// <summary>The same for a model that predicts values: <c>labels.tsv</c> holds them in the columns behind the file, separated by tabs.</summary>
    public static IReadOnlyList<LabelledFile> ListWithValues(string folder)
    {
        var table = TableOf(folder);
        return File.Exists(table)
            ? ReadTable(table, (file, fields) => ValuesOf(fields) is { } values ? new LabelledFile(file, null) { Values = values } : null, "the values to be predicted, separated by tabs")
            : List(folder, []);
    }

    /// <summary>The file that lists images and their classes, whether or not it exists.</summary>
    public static string TableOf(string folder) => Path.Combine(folder, Table);

    /// <summary>Pictures of a type that is not read, in the folder and its folders; none where a table says which files count.</summary>
    public static IReadOnlyList<string> NotRead(string folder) =>
        File.Exists(TableOf(folder)) ? [] : [.. Directory.EnumerateDirectories(folder).Prepend(folder).SelectMany(Directory.EnumerateFiles).Where(file => IsOf(OtherExtensions, file)).Order(StringComparer.Ordinal)];

    /// <summary>The endings of files, for messages: <c>.bmp and .webp</c>.</summary>
    public static string TypesOf(IReadOnlyList<string> files) =>
        string.Join(" and ", files.Select(file => Path.GetExtension(file).ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Whether there are images directly in the folder.</summary>
    public static bool HasImages(string folder) => Images(folder).Any();

    private static IEnumerable<string> Images(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(file => IsOf(Extensions, file))
            .OrderBy(Path.GetFileName, StringComparer.Ordinal);

    private static bool IsOf(string[] extensions, string file) => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <param name="table">The file.</param>
    /// <param name="read">Makes an image of its path and the fields behind its name; null where they do not say what is <paramref name="expected"/>.</param>
    /// <param name="expected">What must stand behind the name, for messages.</param>
    private static List<LabelledFile> ReadTable(string table, Func<string, string[], LabelledFile?> read, string expected)
    {
        var folder = Path.GetDirectoryName(table)!;
        var files = new List<LabelledFile>();
        var number = 0;
        foreach (var line in File.ReadLines(table))
        {
            number++;
            if (line.AsSpan().Trim().IsEmpty || line.StartsWith('#'))
                continue;
            if (line.Split('\t') is not [var name, _, ..] fields || read(Path.Combine(folder, name), fields[1..]) is not { } file)
                throw DataSet.Unreadable(table, $"line {number} is not a file name, a tab and {expected}");
            files.Add(File.Exists(file.Path) ? file : throw DataSet.Unreadable(file.Path, $"line {number} of labels.tsv names it, but it does not exist"));
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return NameTheirClasses(files) ? files.ConvertAll(file => file with { Slice = null }) : files;
    }

    /// <summary>Many tables repeat the name of the class in their third column: one name for each class, and one class for each name. That divides nothing further.</summary>
    private static bool NameTheirClasses(List<LabelledFile> files)
    {
        var pairs = files.Select(file => (file.Label, file.Slice)).Distinct().ToArray();
        return pairs.DistinctBy(pair => pair.Label).Count() == pairs.Length && pairs.DistinctBy(pair => pair.Slice, StringComparer.Ordinal).Count() == pairs.Length;
    }

    private static int? ClassOf(string[] fields) => int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static float[]? ValuesOf(string[] fields)
    {
        var values = Array.ConvertAll(fields, field => float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : float.NaN);
        return Array.TrueForAll(values, float.IsFinite) ? values : null;
    }

    private static List<LabelledFile> ListClasses(string folder, IReadOnlyList<string> labels)
    {
        var classes = Directory.EnumerateDirectories(folder)
            .Where(directory => Images(directory).Any())
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)
            .ToArray();
        var indices = ClassIndices(folder, Array.ConvertAll(classes, directory => Path.GetFileName(directory)!), labels);
        return [.. classes.Zip(indices).SelectMany(pair => Images(pair.First).Select(file => new LabelledFile(file, pair.Second)))];
    }

    /// <summary>
    /// A folder's name is a label, or the index of a class; where neither the labels are known nor all names are numbers, the folders are the classes in order.
    /// </summary>
    private static int[] ClassIndices(string folder, string[] names, IReadOnlyList<string> labels)
    {
        var numbers = Array.ConvertAll(names, name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1);
        if (labels.Count > 0)
        {
            var found = Array.ConvertAll(names, name => IndexOf(labels, name));
            if (Array.TrueForAll(found, index => index >= 0))
                return found;
            if (Array.Exists(numbers, index => index < 0))
            {
                var unknown = names[Array.FindIndex(found, index => index < 0)];
                throw DataSet.DoesNotFit(folder, $"its folder '{unknown}' is none of the model's labels. Name each folder after a label, or after the index of its class");
            }
        }

        return Array.TrueForAll(numbers, index => index >= 0) ? numbers : [.. Enumerable.Range(0, names.Length)];
    }

    private static int IndexOf(IReadOnlyList<string> labels, string name)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (string.Equals(labels[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }
}
