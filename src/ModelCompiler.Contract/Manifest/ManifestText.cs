using System.Globalization;
using System.Text;

namespace ModelCompiler.Contract;

/// <summary>
/// One line of a manifest: a key and fields, separated by tabs. A backslash escapes what would end a field or a line;
/// <c>\-</c> is a field that is null.
/// </summary>
internal static class ManifestText
{
    public const string Null = "\\-";

    public static string Line(string key, params string?[] fields) => string.Join("\t", [key, .. fields.Select(Escape)]);

    /// <summary>The fields of a line, the key first.</summary>
    /// <exception cref="FormatException">An escape that is not known.</exception>
    public static string?[] Fields(string line) => [.. line.Split('\t').Select(Unescape)];

    private static string Escape(string? field)
    {
        if (field is null)
            return Null;
        var text = new StringBuilder(field.Length);
        foreach (var character in field)
        {
            if (character == '\\')
                text.Append("\\\\");
            else if (char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029')
                text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));   // surrogates: a lone one does not survive UTF-8
            else
                text.Append(character);
        }
        return text.ToString();
    }

    private static string? Unescape(string field)
    {
        if (field == Null)
            return null;
        if (field.IndexOf('\\') < 0)
            return field;
        var text = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
                text.Append(field[i]);
            else if (i + 1 < field.Length && field[i + 1] == '\\')
                text.Append(field[++i]);
            else if (i + 5 < field.Length && field[i + 1] == 'u' && ushort.TryParse(field.Substring(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 5;
            }
            else
                throw new FormatException($"an escape that is not known in '{field}'");
        }
        return text.ToString();
    }
}
