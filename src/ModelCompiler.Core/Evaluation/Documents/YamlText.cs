using System.Text;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Texts in YAML 1.2.</summary>
internal static class YamlText
{
    /// <summary>A double-quoted scalar: whatever the text is, it is a text and ends where it should.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in PlainText.Clean(text))
        {
            if (character is '"' or '\\')
                quoted.Append('\\');
            quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}
