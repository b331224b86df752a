namespace ModelCompiler.Contract;

/// <summary>The lines of a small file in the form of a manifest: a header, then one fact a line.</summary>
internal static class ManifestLines
{
    /// <summary>Reads the lines behind the header; lines may end in CR LF.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="header">Its first line.</param>
    /// <param name="file">Named in diagnostics.</param>
    /// <param name="read">Is given the fields of each line, and takes all of them.</param>
    /// <exception cref="DiagnosticException">MC6001, naming the line.</exception>
    public static void Read(string text, string header, string? file, Action<ManifestFields> read)
    {
        var number = 0;
        try
        {
            foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
            {
                number++;
                if (number == 1 && line != header)
                    throw new FormatException($"it is not the header '{header.Replace('\t', ' ')}' of this version");
                if (number == 1 || line.Length == 0)
                    continue;
                var fields = new ManifestFields(ManifestText.Fields(line));
                read(fields);
                fields.ExpectEnd();
            }
        }
        catch (FormatException exception)
        {
            throw new DiagnosticException(DiagnosticRules.ManifestInvalid.Create(file, number, exception.Message));
        }
    }
}
