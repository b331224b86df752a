using ModelCompiler.Contract;

namespace ModelCompiler.Tool.Output;

/// <summary>
/// Where a command writes: diagnostics to stderr in MSBuild's canonical form, results to stdout, either as one JSON object or as text.
/// </summary>
internal sealed class CommandOutput(bool isJson)
{
    public bool IsJson { get; } = isJson;

    /// <summary>Whether a diagnostic of severity error was reported.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether the one JSON object was written.</summary>
    public bool HasResult { get; private set; }

    public void Report(ModelDiagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
        Console.Error.WriteLine(diagnostic.ToString());
    }

    public void Report(IEnumerable<ModelDiagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Report(diagnostic);
    }

    /// <summary>Writes the result: as one JSON object, or as <paramref name="print"/> shows it to people.</summary>
    public void Result(Func<string> json, Action print)
    {
        HasResult = true;
        if (IsJson)
            Console.Out.WriteLine(json().TrimEnd());
        else
            print();
    }
}
