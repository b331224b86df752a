namespace ModelCompiler.Contract;

/// <summary>A file of a model that an app carries, and what it must contain.</summary>
/// <param name="Name">The file's name, without folders.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal digits.</param>
public sealed record CarriedModel(string Name, string Sha256);

/// <summary>Writes and reads the list of an app's model files in the form of a manifest: a line for each.</summary>
public static class CarriedModelsFile
{
    /// <summary>How the file's name ends; the generator knows it by that.</summary>
    public const string FileExtension = ".carriedmodels";

    private const string Header = "modelcompiler-carriedmodels\t1";

    /// <summary>The text; the same files always give the same text.</summary>
    public static string Write(IEnumerable<CarriedModel> files) =>
        Header + "\n" + string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => ManifestText.Line("file", file.Name, file.Sha256) + "\n"));

    /// <summary>Reads what was written; lines may end in CR LF.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Named in diagnostics.</param>
    /// <exception cref="DiagnosticException">MC6001, naming the line.</exception>
    public static EquatableArray<CarriedModel> Read(string text, string? file)
    {
        var files = new List<CarriedModel>();
        ManifestLines.Read(text, Header, file, fields => files.Add(ReadLine(fields)));
        return new(files);
    }

    private static CarriedModel ReadLine(ManifestFields fields)
    {
        var key = fields.Text();
        return key == "file" ? new CarriedModel(fields.Text(), fields.Text()) : throw new FormatException($"'{key.Trim()}' has no place there");
    }
}
