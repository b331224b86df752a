using System.Text;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Texts of others (names, licences, messages of a runtime) before they go into a document.</summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with nothing in it that no format can hold or that a reader would not see: control characters, halves of surrogate pairs, marks that turn the direction of writing.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())   // halves of pairs come as U+FFFD
        {
            if (IsSpace(rune.Value))
                clean.Append(' ');
            else if (IsInvisible(rune.Value))
                clean.Append(Replacement);
            else
                clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static bool IsSpace(int rune) => rune is '\t' or '\n' or '\r' or 0x85 or 0x2028 or 0x2029;

    private static bool IsInvisible(int rune) => rune
        is < 0x20 or (>= 0x7F and < 0xA0)
        or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        or 0xFEFF or 0xFFFE or 0xFFFF;
}
