using System.Text;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Texts of others in Markdown.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]()<>#+-.!|~&\"'$:@";

    /// <summary>The text as it is read, whatever it looks like: a backslash before every mark that Markdown (CommonMark, section 2.4) might take for its own.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in PlainText.Clean(text))
        {
            if (Special.Contains(character, StringComparison.Ordinal) && !IsHarmless(character))
                escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    // Inside a line, where all our texts stand, these mean nothing.
    private static bool IsHarmless(char character) => character is '.' or '-' or '+' or '\'' or '"' or '!' or '(' or ')' or '{' or '}';
}
