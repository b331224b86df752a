using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

namespace ModelCompiler.Contract;

/// <summary>Writes one JSON object, indented, properties in the order they are written; what is null or empty is left out.</summary>
internal sealed class JsonText
{
    private readonly XmlDictionaryWriter _writer;

    private JsonText(XmlDictionaryWriter writer) => _writer = writer;

    public static string Write(Action<JsonText> content)
    {
        using var stream = new MemoryStream();
        using (var writer = JsonReaderWriterFactory.CreateJsonWriter(stream, new UTF8Encoding(false), ownsStream: false, indent: true))
        {
            writer.WriteStartElement("root");
            writer.WriteAttributeString("type", "object");
            content(new JsonText(writer));
            writer.WriteEndElement();
        }
        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n") + "\n";
    }

    public void String(string name, string? value)
    {
        if (value is not null)
            Element(name, "string", () => _writer.WriteString(value));
    }

    public void Bool(string name, bool? value)
    {
        if (value is { } known)
            Element(name, "boolean", () => _writer.WriteString(known ? "true" : "false"));
    }

    public void Number(string name, double? value)
    {
        if (value is { } known)
            Element(name, "number", () => _writer.WriteString(known.ToString("R", CultureInfo.InvariantCulture)));
    }

    public void Strings(string name, IReadOnlyList<string> values) => Array(name, values, value => Element("item", "string", () => _writer.WriteString(value)));

    public void Numbers(string name, IReadOnlyList<float> values) =>
        Array(name, values, value => Element("item", "number", () => _writer.WriteString(value.ToString("G9", CultureInfo.InvariantCulture))));

    public void Objects<T>(string name, IReadOnlyList<T> values, Action<T> content) =>
        Array(name, values, value => Element("item", "object", () => content(value)));

    public void Object(string name, Action content) => Element(name, "object", content);

    /// <summary>An object with one property for each of <paramref name="values"/>.</summary>
    public void Map<T>(string name, IReadOnlyList<T> values, Action<T> property)
    {
        if (values.Count == 0)
            return;
        Object(name, () =>
        {
            foreach (var value in values)
                property(value);
        });
    }

    private void Array<T>(string name, IReadOnlyList<T> values, Action<T> item)
    {
        if (values.Count == 0)
            return;
        Element(name, "array", () =>
        {
            foreach (var value in values)
                item(value);
        });
    }

    // Every name is written in the form for names that XML does not allow, since that form holds any name.
    private void Element(string name, string type, Action content)
    {
        if (name == "item")
            _writer.WriteStartElement("item");
        else
        {
            _writer.WriteStartElement("a", "item", "item");
            _writer.WriteAttributeString("item", name);
        }
        _writer.WriteAttributeString("type", type);
        content();
        _writer.WriteEndElement();
    }
}
