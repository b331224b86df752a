using System.Globalization;
using System.Text.RegularExpressions;
using ModelCompiler.Contract;

namespace ModelCompiler.MSBuild;

/// <summary>Reads back what <see cref="ModelDiagnostic.ToString"/> prints: <c>file(line) : error MC1001: text</c>.</summary>
internal static class CanonicalMessage
{
    private static readonly Regex Form = new(
        @"^(?<file>.*?)(\((?<line>\d+)\))? : (?<severity>error|warning|info) (?<id>MC\d{4}): (?<text>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <summary>Null when the line is something else.</summary>
    public static ModelDiagnostic? Parse(string line)
    {
        var match = Form.Match(line);
        if (!match.Success)
            return null;
        var severity = OptionWords.Parse<DiagnosticSeverity>(match.Groups["severity"].Value) ?? DiagnosticSeverity.Error;
        var rule = new DiagnosticRule(match.Groups["id"].Value, severity, "", "");
        return new ModelDiagnostic(rule, match.Groups["file"].Value, match.Groups["text"].Value)
        {
            Line = int.TryParse(match.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
    }
}
