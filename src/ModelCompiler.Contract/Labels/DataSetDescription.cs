namespace ModelCompiler.Contract;

/// <summary>What a project says of where a data set comes from, in a small JSON file of its own, so that it travels with the data. A property that is not known is an error.</summary>
/// <param name="License">Its licence, best as an id of the SPDX list; null when nobody says.</param>
/// <param name="Source">Where it comes from, best an address; null when nobody says.</param>
/// <param name="Description">What it holds, in a sentence; null when nobody says.</param>
public sealed record DataSetDescription(string? License, string? Source, string? Description)
{
    /// <summary>The file's name in the folder of a data set.</summary>
    public const string FileName = "dataset.json";

    /// <summary>Nobody says anything.</summary>
    public static DataSetDescription None { get; } = new(null, null, null);

    /// <summary>The path of the description, whether or not it exists: <c>dataset.json</c> in a folder, <c>&lt;name&gt;.dataset.json</c> beside a file.</summary>
    /// <param name="data">The folder or file of a data set.</param>
    public static string PathFor(string data) => Directory.Exists(data) ? Path.Combine(data, FileName) : Path.ChangeExtension(data, "." + FileName);

    /// <summary>Reads the description of a data set, or <see cref="None"/> when there is none.</summary>
    /// <param name="data">The folder or file of the data set.</param>
    /// <exception cref="DiagnosticException">MC0026, naming the property.</exception>
    public static DataSetDescription ReadFor(string data)
    {
        var path = PathFor(data);
        if (!File.Exists(path))
            return None;
        var json = JsonSource.Read(Path.GetFullPath(path), DiagnosticRules.DataDescriptionInvalid);
        var description = new DataSetDescription(json.String("license"), json.String("source"), json.String("description"));
        json.RejectUnknown();
        return description;
    }
}
