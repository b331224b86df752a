namespace ModelCompiler.MSBuild;

/// <summary>
/// The project's <c>TreatWarningsAsErrors</c>. MSBuild applies <c>NoWarn</c> and <c>WarningsAsErrors</c> to the warnings of every task, but this one is the C# compiler's alone,
/// and a project without warnings is to have none of models either.
/// </summary>
/// <param name="treatAsErrors">The property <c>TreatWarningsAsErrors</c>.</param>
/// <param name="except">Ids that stay what they are: <c>WarningsNotAsErrors</c> and <c>NoWarn</c>.</param>
internal sealed class WarningSwitches(bool treatAsErrors, string? except)
{
    private readonly HashSet<string> _except = new((except ?? "").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    public bool IsError(string id) => treatAsErrors && !_except.Contains(id);
}
