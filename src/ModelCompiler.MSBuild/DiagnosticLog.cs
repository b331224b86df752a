using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>Puts diagnostics into the build's log: code, file, line, and a link to the page that explains the rule.</summary>
/// <param name="log">The task's log.</param>
/// <param name="documentation">Folder of the pages, one <c>&lt;id&gt;.md</c> a rule; null when it is not known.</param>
/// <param name="switches">Which warnings are errors.</param>
/// <param name="information">How important a diagnostic is that is no warning: a build at normal verbosity shows it, or every build does.</param>
internal sealed class DiagnosticLog(TaskLoggingHelper log, string? documentation, WarningSwitches switches, MessageImportance information = MessageImportance.Normal)
{
    public void Add(ModelDiagnostic diagnostic)
    {
        var line = diagnostic.Line ?? 0;
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
            case DiagnosticSeverity.Warning when switches.IsError(diagnostic.Id):
                log.LogError(null, diagnostic.Id, null, Link(diagnostic.Id), diagnostic.File, line, 0, 0, 0, "{0}", diagnostic.Message);
                break;
            case DiagnosticSeverity.Warning:
                log.LogWarning(null, diagnostic.Id, null, Link(diagnostic.Id), diagnostic.File, line, 0, 0, 0, "{0}", diagnostic.Message);
                break;
            default:
                log.LogMessage(null, diagnostic.Id, null, diagnostic.File, line, 0, 0, 0, information, "{0}", diagnostic.Message);
                break;
        }
    }

    /// <summary>Something of ours went wrong: says so by MC9001 instead of a stack trace, which goes to the detailed log.</summary>
    public void AddInternal(string? file, Exception exception)
    {
        log.LogMessage(MessageImportance.Low, "{0}", exception.ToString());
        Add(DiagnosticRules.Internal.Create(file, $"{exception.GetType().Name}: {exception.Message}"));
    }

    private string? Link(string id)
    {
        if (string.IsNullOrEmpty(documentation))
            return null;
        var page = Path.GetFullPath(Path.Combine(documentation, id + ".md"));
        return File.Exists(page) ? new Uri(page).AbsoluteUri : null;
    }
}
