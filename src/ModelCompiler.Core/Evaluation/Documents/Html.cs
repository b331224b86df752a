using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace ModelCompiler.Evaluation.Documents;

/// <summary>Markup, written as an interpolated string. What is put into one is escaped, unless it is markup itself, so that no text can become a tag.</summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder? _markup;

    public Html(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>No markup at all.</summary>
    public static Html None => default;

    public void AppendLiteral(string markup) => _markup!.Append(markup);

    public void AppendFormatted(string? text) => _markup!.Append(WebUtility.HtmlEncode(PlainText.Clean(text ?? "")));

    public void AppendFormatted(long number) => _markup!.Append(number.ToString("#,0", CultureInfo.InvariantCulture));

    /// <summary>A coordinate of a drawing.</summary>
    public void AppendFormatted(double number) => _markup!.Append(number.ToString("0.#", CultureInfo.InvariantCulture));

    public void AppendFormatted(Html markup) => _markup!.Append(markup._markup);

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts)
            _markup!.Append(part._markup);
    }

    public override string ToString() => _markup?.ToString() ?? "";
}
