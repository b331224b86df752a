using System.Text;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Texts of others in Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>What means something anywhere in a line: in CommonMark, and as the edge of a table's cell, struck-out text or a formula.</summary>
    private const string Anywhere = "\\`*_[]<>#|~&$";

    /// <summary>What means something at the start of a line: lists, rules, underlined headings.</summary>
    private const string AtStart = "-+=";

    /// <summary>The text as it is read, whatever it looks like: a backslash before every mark that Markdown might take for its own (CommonMark, section 2.4).</summary>
    public static string Escaped(string text)
    {
        var clean = PlainText.Clean(text).Trim(' ');
        var escaped = new StringBuilder(clean.Length);
        for (var i = 0; i < clean.Length; i++)
        {
            if (Anywhere.Contains(clean[i], StringComparison.Ordinal) || (i == 0 && AtStart.Contains(clean[i], StringComparison.Ordinal)) || EndsNumber(clean, i))
                escaped.Append('\\');
            escaped.Append(clean[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Whether this is the mark behind the number of a list's item.</summary>
    private static bool EndsNumber(string text, int place) =>
        text[place] is '.' or ')' && place > 0 && (place + 1 == text.Length || text[place + 1] == ' ') && text[..place].All(char.IsAsciiDigit);
}
