using System.Globalization;
using System.Text;

namespace ModelCompiler.Contract;

/// <summary>Writes one JSON object, indented, properties in the order they are written; what is null or empty is left out.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isFirst = true;

    private JsonText()
    {
    }

    public static string Write(Action<JsonText> content)
    {
        var json = new JsonText();
        json.Block('{', '}', () => content(json));
        return json._text.Append('\n').ToString();
    }

    public void String(string name, string? value)
    {
        if (value is not null)
            Property(name, () => Quote(value));
    }

    public void Bool(string name, bool? value)
    {
        if (value is { } known)
            Property(name, () => _text.Append(known ? "true" : "false"));
    }

    public void Number(string name, double? value)
    {
        if (value is { } known)
            Property(name, () => _text.Append(known.ToString("R", CultureInfo.InvariantCulture)));
    }

    public void Strings(string name, IReadOnlyList<string> values) => Array(name, values, Quote);

    public void Numbers(string name, IReadOnlyList<float> values) =>
        Array(name, values, value => _text.Append(value.ToString("G9", CultureInfo.InvariantCulture)));

    public void Objects<T>(string name, IReadOnlyList<T> values, Action<T> content) =>
        Array(name, values, value => Block('{', '}', () => content(value)));

    public void Object(string name, Action content) => Property(name, () => Block('{', '}', content));

    /// <summary>An object with one property for each of <paramref name="values"/>.</summary>
    public void Map<T>(string name, IReadOnlyList<T> values, Action<T> property)
    {
        if (values.Count > 0)
            Object(name, () => Each(values, property));
    }

    private void Array<T>(string name, IReadOnlyList<T> values, Action<T> item)
    {
        if (values.Count > 0)
            Property(name, () => Block('[', ']', () => Each(values, value => Line(() => item(value)))));
    }

    private static void Each<T>(IReadOnlyList<T> values, Action<T> action)
    {
        foreach (var value in values)
            action(value);
    }

    private void Property(string name, Action value) => Line(() =>
    {
        Quote(name);
        _text.Append(": ");
        value();
    });

    private void Block(char open, char close, Action content)
    {
        _text.Append(open);
        _depth++;
        _isFirst = true;
        content();
        _depth--;
        if (!_isFirst)
            _text.Append('\n').Append(' ', 2 * _depth);
        _text.Append(close);
        _isFirst = false;
    }

    private void Line(Action content)
    {
        _text.Append(_isFirst ? "\n" : ",\n").Append(' ', 2 * _depth);
        _isFirst = false;
        content();
    }

    private void Quote(string value)
    {
        _text.Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\')
                _text.Append('\\').Append(character);
            else if (char.IsControl(character) || char.IsSurrogate(character))
                _text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));   // surrogates: a lone one does not survive UTF-8
            else
                _text.Append(character);
        }
        _text.Append('"');
    }
}
