using System.Globalization;
using System.Text;

namespace ModelCompiler.Contract;

/// <summary>Parses JSON (RFC 8259) strictly.</summary>
/// <remarks>
/// This assembly must not bring a library into MSBuild or the compiler, and the platform's own reader
/// (<c>JsonReaderWriterFactory</c>) takes a file that was cut off for a whole one and knows no line numbers.
/// </remarks>
internal sealed class JsonParser
{
    private const int MaxDepth = 64;

    private readonly string _text;
    private readonly JsonSource _source;
    private int _position;
    private int _line = 1;
    private int _depth;

    private JsonParser(string text, JsonSource source) => (_text, _source) = (text, source);

    /// <exception cref="DiagnosticException">The source's rule, with the line.</exception>
    public static JsonValue Parse(string text, JsonSource source)
    {
        var parser = new JsonParser(text.TrimStart('\uFEFF'), source);
        var value = parser.ReadValue();
        return parser.Peek() == '\0' && parser._position == parser._text.Length ? value : throw parser.Unexpected();
    }

    private JsonValue ReadValue()
    {
        var next = Peek();
        var line = _line;
        return next switch
        {
            '{' => ReadObject(line),
            '[' => ReadArray(line),
            '"' => JsonValue.Scalar(JsonKind.String, line, ReadString()),
            '-' or (>= '0' and <= '9') => JsonValue.Scalar(JsonKind.Number, line, ReadNumber()),
            't' => JsonValue.Scalar(JsonKind.Bool, line, ReadWord("true")),
            'f' => JsonValue.Scalar(JsonKind.Bool, line, ReadWord("false")),
            'n' => JsonValue.Scalar(JsonKind.Null, line, ReadWord("null")),
            _ => throw Unexpected(),
        };
    }

    private JsonValue ReadObject(int line)
    {
        var (names, values) = (new List<string>(), new List<JsonValue>());
        ReadMany('}', () =>
        {
            if (Peek() != '"')
                throw Unexpected();
            names.Add(ReadString());
            Take(':');
            values.Add(ReadValue());
        });
        return new JsonValue(JsonKind.Object, line, "", values, names);
    }

    private JsonValue ReadArray(int line)
    {
        var values = new List<JsonValue>();
        ReadMany(']', () => values.Add(ReadValue()));
        return new JsonValue(JsonKind.Array, line, "", values, []);
    }

    private void ReadMany(char end, Action readItem)
    {
        if (++_depth > MaxDepth)
            throw Invalid($"it is nested more than {MaxDepth} levels deep");
        _position++;
        if (Peek() != end)
        {
            readItem();
            while (Peek() == ',')
            {
                _position++;
                readItem();
            }
        }
        Take(end);
        _depth--;
    }

    private string ReadString()
    {
        var text = new StringBuilder();
        for (_position++; ; _position++)
        {
            switch (Current)
            {
                case '"':
                    _position++;
                    return text.ToString();
                case '\\':
                    _position++;
                    text.Append(ReadEscape());
                    break;
                case < ' ':
                    throw Invalid("a text is not closed, or holds a control character");
                default:
                    text.Append(Current);
                    break;
            }
        }
    }

    private char ReadEscape()
    {
        switch (Current)
        {
            case '"' or '\\' or '/': return Current;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _position + 4 < _text.Length
                && ushort.TryParse(_text.Substring(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default: throw Invalid("an escape in a text is not known");
        }
    }

    private string ReadNumber()
    {
        var start = _position;
        if (Current == '-')
            _position++;
        var leadingZero = Current == '0';
        if (ReadDigits() > 1 && leadingZero)
            throw Invalid("a number begins with a zero");
        if (Current == '.')
        {
            _position++;
            ReadDigits();
        }
        if (Current is 'e' or 'E')
        {
            _position++;
            if (Current is '+' or '-')
                _position++;
            ReadDigits();
        }
        return _text.Substring(start, _position - start);
    }

    private int ReadDigits()
    {
        var start = _position;
        while (Current is >= '0' and <= '9')
            _position++;
        return _position > start ? _position - start : throw Unexpected();
    }

    private string ReadWord(string word)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
            throw Unexpected();
        _position += word.Length;
        return word;
    }

    private void Take(char expected)
    {
        if (Peek() != expected)
            throw Unexpected();
        _position++;
    }

    // The next character that is not white space; '\0' at the end.
    private char Peek()
    {
        for (; Current is ' ' or '\t' or '\r' or '\n'; _position++)
        {
            if (Current == '\n')
                _line++;
        }
        return Current;
    }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private DiagnosticException Unexpected() =>
        Invalid(_position < _text.Length ? $"'{Current}' is unexpected" : "it ends too early");

    private DiagnosticException Invalid(string reason) => _source.Invalid(_line, $"it is not valid JSON: {reason}.");
}
