using ModelCompiler.Contract;

namespace ModelCompiler.Tests;

/// <summary>Asserts that work stops with one rule of the table.</summary>
internal static class Diagnosed
{
    public static ModelDiagnostic By(DiagnosticRule rule, Action work)
    {
        var diagnostic = Should.Throw<DiagnosticException>(work).Diagnostic;
        diagnostic.Id.ShouldBe(rule.Id, diagnostic.Message);
        return diagnostic;
    }
}
