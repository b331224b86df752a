using System.Globalization;
using System.Text;

namespace ModelCompiler.Generator.Emit;

/// <summary>Pieces of C# source: indenting, joining, literals, and text inside documentation.</summary>
internal static class SourceText
{
    /// <summary>Every line that is not empty, moved right by four spaces a level.</summary>
    // In one pass: a class with a thousand labels is text of a few hundred kilobytes, which every copy of it as a list of lines would double.
    public static string Indent(string text, int levels)
    {
        var spaces = 4 * levels;
        var indented = new StringBuilder(text.Length + (text.Length / 4));
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            if (text[start] != '\n')
                indented.Append(' ', spaces);
            indented.Append(text, start, next - start);
            start = next;
        }

        return indented.ToString();
    }

    /// <summary>Members with an empty line between them; those that are null are left out.</summary>
    public static string Members(params string?[] members) => string.Join("\n\n", members.Where(member => !string.IsNullOrEmpty(member)));

    /// <summary>Lines one below the other; those that are null are left out.</summary>
    public static string Lines(IEnumerable<string?> lines) => string.Join("\n", lines.Where(line => line is not null));

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>150528 → <c>150,528</c>.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A string literal.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is '"' or '\\')
                literal.Append('\\').Append(character);
            else if (char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029')
                literal.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else
                literal.Append(character);
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A float literal that reads back as the same value.</summary>
    public static string Literal(float value) => value.ToString("R", CultureInfo.InvariantCulture) is var text && float.Parse(text, CultureInfo.InvariantCulture) == value
        ? text + "f"
        : value.ToString("G9", CultureInfo.InvariantCulture) + "f";

    /// <summary>Text for a documentation comment: one line, with what XML gives a meaning to replaced.</summary>
    public static string Doc(string text)
    {
        var oneLine = new StringBuilder(text.Length);
        foreach (var character in text)
            oneLine.Append(char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character) || character is '\uFFFE' or '\uFFFF' ? ' ' : character);
        return oneLine.ToString().Trim().Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
    }
}
