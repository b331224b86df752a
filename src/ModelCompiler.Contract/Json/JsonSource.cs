namespace ModelCompiler.Contract;

/// <summary>The file that JSON comes from, and the rule by which it is reported when it cannot be used.</summary>
internal sealed record JsonSource(string? File, DiagnosticRule Rule)
{
    public DiagnosticException Invalid(int? line, string reason) => new(Rule.Create(File, reason) with { Line = line });

    /// <summary>The text of <paramref name="path"/>.</summary>
    /// <exception cref="DiagnosticException">The rule, when the file cannot be opened.</exception>
    public static JsonObject Read(string path, DiagnosticRule rule)
    {
        var source = new JsonSource(path, rule);
        try
        {
            return JsonObject.Parse(System.IO.File.ReadAllText(path), source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw source.Invalid(null, exception.Message);
        }
    }
}
