using System.Globalization;
using System.Text;

namespace ModelCompiler.Contract;

/// <summary>C# names (ECMA-334, 6.4.3), and names made from text that is none.</summary>
public static class Identifiers
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using",
        "virtual", "void", "volatile", "while",
    };

    /// <summary>Whether the word is reserved by C#.</summary>
    public static bool IsKeyword(string text) => Keywords.Contains(text);

    /// <summary>Whether the text can name a class as it is.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length > 0 && IsStart(text[0]) && text.All(IsPart) && !IsKeyword(text);

    /// <summary>Whether the text is identifiers joined by dots.</summary>
    public static bool IsNamespace(string text) => text.Split('.').All(IsIdentifier);

    /// <summary>
    /// <c>mobilenet-v2 (final)</c> → <c>MobilenetV2Final</c>: words joined, each begun with a capital; <c>Model</c> before a leading digit.
    /// Null when no letter or digit is in the text.
    /// </summary>
    public static string? PascalCase(string text)
    {
        var name = new StringBuilder();
        var atWordStart = true;
        foreach (var character in text.Normalize())
        {
            if (!char.IsLetterOrDigit(character))
            {
                atWordStart = true;
                continue;
            }
            name.Append(atWordStart ? char.ToUpperInvariant(character) : character);
            atWordStart = false;
        }
        if (name.Length == 0)
            return null;
        return IsStart(name[0]) ? name.ToString() : "Model" + name;
    }

    /// <summary>A namespace as near to the text as C# allows: <c>My-App.2d</c> → <c>My_App._2d</c>; <c>Models</c> when nothing is left.</summary>
    public static string Namespace(string text)
    {
        var segments = text.Split(['.'], StringSplitOptions.RemoveEmptyEntries).Select(Segment).ToArray();
        return segments.Length == 0 ? "Models" : string.Join(".", segments);
    }

    private static string Segment(string text)
    {
        var segment = string.Concat(text.Select(character => IsPart(character) ? character : '_'));
        return IsIdentifier(segment) ? segment : "_" + segment;
    }

    private static bool IsStart(char character) => char.IsLetter(character) || character == '_';

    private static bool IsPart(char character) => IsStart(character) || char.IsDigit(character)
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;
}
