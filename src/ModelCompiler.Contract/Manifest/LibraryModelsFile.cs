namespace ModelCompiler.Contract;

/// <summary>Writes and reads <see cref="LibraryModels"/> in the form of a manifest: a line for each model, and below it those of its profiles.</summary>
public static class LibraryModelsFile
{
    /// <summary>How the file's name ends; the generator knows it by that.</summary>
    public const string FileExtension = ".librarymodels";

    private const string Header = "modelcompiler-librarymodels\t1";

    /// <summary>The text; the same models always give the same text.</summary>
    public static string Write(LibraryModels models) => string.Concat(Lines(models).Select(line => line + "\n"));

    /// <summary>Reads what was written; lines may end in CR LF.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Named in diagnostics.</param>
    /// <exception cref="DiagnosticException">MC6001, naming the line.</exception>
    public static LibraryModels Read(string text, string? file)
    {
        var (models, profiles) = (new List<LibraryModel>(), new List<ManifestProfile>());
        ManifestLines.Read(text, Header, file, ReadLine);
        Close();
        return new LibraryModels(new EquatableArray<LibraryModel>(models));

        void ReadLine(ManifestFields fields)
        {
            switch (fields.Text())
            {
                case "model":
                    Close();
                    models.Add(new LibraryModel(fields.Text(), default));
                    break;
                case "profile" when models.Count > 0:
                    ProfileLines.Begin(profiles, fields);
                    break;
                case var key when profiles.Count > 0:
                    ProfileLines.Read(profiles, key, fields);
                    break;
                case var key:
                    throw new FormatException($"'{key.Trim()}' has no place there");
            }
        }

        void Close()
        {
            if (models.Count > 0)
                models[models.Count - 1] = models[models.Count - 1] with { Profiles = new(profiles) };
            profiles.Clear();
        }
    }

    private static IEnumerable<string> Lines(LibraryModels models)
    {
        yield return Header;
        foreach (var model in models.Models)
        {
            yield return ManifestText.Line("model", model.Name);
            foreach (var line in model.Profiles.SelectMany(ProfileLines.Of))
                yield return line;
        }
    }
}
