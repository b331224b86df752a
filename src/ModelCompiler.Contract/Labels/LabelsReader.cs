namespace ModelCompiler.Contract;

/// <summary>Reads a labels file: UTF-8, the name of one class a line, in the order of the model's classes.</summary>
public static class LabelsReader
{
    /// <summary>The labels, trimmed. Blank lines at the end are no labels.</summary>
    /// <exception cref="DiagnosticException">MC0005 no such file, MC0013 a blank line between labels, or none at all.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!File.Exists(path))
            throw new DiagnosticException(DiagnosticRules.LabelsMissing.Create(path, path));
        return Parse(ReadText(path), path);
    }

    /// <summary>The labels in a text.</summary>
    public static IReadOnlyList<string> Parse(string text, string? file)
    {
        var labels = text.TrimStart('\uFEFF').TrimEnd().Split('\n').Select(line => line.Trim()).ToArray();
        var blank = Array.FindIndex(labels, label => label.Length == 0);
        if (blank >= 0)
            throw new DiagnosticException(DiagnosticRules.LabelsInvalid.Create(file, blank + 1));
        return labels;
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DiagnosticRules.LabelsUnreadable.Create(path, exception.Message));
        }
    }
}
