using System.Text;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Texts of others in Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>What means something anywhere in a line: in CommonMark, and as the edge of a table's cell, struck-out text or a formula.</summary>
    private const string Anywhere = "\\`*_[]<>#|~&$";

    /// <summary>What means something at the start of a line, or behind a number there: lists, rules, underlined headings.</summary>
    private const string AtStart = "-+=.)";

    /// <summary>The text as it is read, whatever it looks like: a backslash before every mark that Markdown might take for its own (CommonMark, section 2.4).</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var atStart = true;
        foreach (var character in PlainText.Clean(text).TrimStart(' '))
        {
            if (Anywhere.Contains(character, StringComparison.Ordinal) || (atStart && AtStart.Contains(character, StringComparison.Ordinal)))
                escaped.Append('\\');
            escaped.Append(character);
            atStart &= char.IsAsciiDigit(character);
        }

        return escaped.ToString();
    }
}
