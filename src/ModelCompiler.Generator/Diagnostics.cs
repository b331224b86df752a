using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ModelCompiler.Contract;

namespace ModelCompiler.Generator;

/// <summary>The product's diagnostics as the compiler reports them.</summary>
internal static class Diagnostics
{
    public static Diagnostic ToRoslyn(ModelDiagnostic diagnostic)
    {
        var rule = diagnostic.Rule;
#pragma warning disable RS1033, RS2008 // the text comes from the one table of rules, whose pages are the release notes
        var descriptor = new DiagnosticDescriptor(rule.Id, rule.Title, "{0}", "ModelCompiler", Severity(rule.Severity), isEnabledByDefault: true);
#pragma warning restore RS1033, RS2008
        var location = diagnostic.File is { } file ? Location.Create(file, default, default(LinePositionSpan)) : Location.None;
        return Diagnostic.Create(descriptor, location, diagnostic.Message);
    }

    private static Microsoft.CodeAnalysis.DiagnosticSeverity Severity(Contract.DiagnosticSeverity severity) => severity switch
    {
        Contract.DiagnosticSeverity.Error => Microsoft.CodeAnalysis.DiagnosticSeverity.Error,
        Contract.DiagnosticSeverity.Warning => Microsoft.CodeAnalysis.DiagnosticSeverity.Warning,
        _ => Microsoft.CodeAnalysis.DiagnosticSeverity.Info,
    };
}
