namespace ModelCompiler.Contract;

/// <summary>How much a diagnostic matters: an error fails the build, a warning can be made to, an info says what was chosen.</summary>
public enum DiagnosticSeverity
{
    Info,
    Warning,
    Error,
}

/// <summary>One row of the table of diagnostics. An id is never reused for another meaning.</summary>
/// <param name="Id">For example <c>MC1002</c>.</param>
/// <param name="Severity">Default severity.</param>
/// <param name="Title">A few words, the heading of the rule's page.</param>
/// <param name="MessageFormat">What happened and what to do next, with <c>{0}</c> placeholders.</param>
public sealed record DiagnosticRule(string Id, DiagnosticSeverity Severity, string Title, string MessageFormat)
{
    public ModelDiagnostic Create(string? file, params object[] arguments) =>
        new(this, file, string.Format(System.Globalization.CultureInfo.InvariantCulture, MessageFormat, arguments));
}
