using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ModelCompiler.Contract;

/// <summary>
/// A JSON object that is read property by property. It knows its path, so that a message can name the property, and which
/// properties were asked for, so that a misspelled one is not silently ignored.
/// </summary>
/// <remarks>Parsed by the platform's JSON reader, since this assembly must not bring a library into MSBuild or the compiler.</remarks>
internal sealed class JsonObject
{
    private readonly Dictionary<string, XElement> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal) { "$schema" };
    private readonly JsonSource _source;
    private readonly string _path;

    private JsonObject(XElement element, JsonSource source, string path)
    {
        (_source, _path) = (source, path);
        if (KindOf(element) != "object")
            throw source.Invalid($"{Describe(path)} must be an object.");
        foreach (var property in element.Elements())
        {
            if (_properties.ContainsKey(NameOf(property)))
                throw source.Invalid($"'{PathOf(NameOf(property))}' is there twice.");
            _properties.Add(NameOf(property), property);
        }
    }

    /// <summary>Reads the file's text as one object.</summary>
    /// <exception cref="DiagnosticException">The source's rule, when it is not JSON or not an object.</exception>
    public static JsonObject Parse(string json, JsonSource source)
    {
        try
        {
            var quotas = new XmlDictionaryReaderQuotas { MaxDepth = 64, MaxStringContentLength = int.MaxValue, MaxArrayLength = int.MaxValue, MaxBytesPerRead = int.MaxValue, MaxNameTableCharCount = int.MaxValue };
            using var reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(json), quotas);
            return new JsonObject(XElement.Load(reader), source, "");
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException or FormatException)
        {
            throw source.Invalid($"it is not valid JSON: {exception.Message}");
        }
    }

    /// <summary>The object's path from the root, for messages.</summary>
    public string Describe() => Describe(_path);

    public IEnumerable<string> PropertyNames => _properties.Keys;

    public string? String(string name) => Find(name, "string", "a text")?.Value;

    public bool? Bool(string name) => Find(name, "boolean", "true or false") is { } value ? value.Value == "true" : null;

    public double? Number(string name) =>
        Find(name, "number", "a number") is { } value ? double.Parse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    public JsonObject? Object(string name) =>
        Find(name, "object", "an object") is { } value ? new JsonObject(value, _source, PathOf(name)) : null;

    public IReadOnlyList<string> Strings(string name) => [.. Items(name, "string", "a list of texts").Select(item => item.Value)];

    public IReadOnlyList<float> Numbers(string name) =>
        [.. Items(name, "number", "a list of numbers").Select(item => (float)double.Parse(item.Value, NumberStyles.Float, CultureInfo.InvariantCulture))];

    public IReadOnlyList<JsonObject> Objects(string name) =>
        [.. Items(name, "object", "a list of objects").Select((item, i) => new JsonObject(item, _source, $"{PathOf(name)}[{i}]"))];

    /// <summary>A number or a text as its text, for values that people write either way: <c>0.5</c>, <c>"0.5%"</c>.</summary>
    public string? Text(string name) => _properties.TryGetValue(name, out var value) && KindOf(value) == "number"
        ? Find(name, "number", "")!.Value
        : String(name);

    public bool IsObject(string name) => _properties.TryGetValue(name, out var value) && KindOf(value) == "object";

    /// <summary>The error of a value that has the right type and makes no sense.</summary>
    public DiagnosticException Invalid(string name, string requirement) => _source.Invalid($"'{PathOf(name)}' must be {requirement}.");

    /// <summary>Reports a property that nobody asked for.</summary>
    public void RejectUnknown()
    {
        foreach (var name in _properties.Keys)
        {
            if (!_asked.Contains(name))
                throw _source.Invalid($"'{PathOf(name)}' is not known. Known here: {string.Join(", ", _asked.Where(known => known[0] != '$').OrderBy(known => known, StringComparer.Ordinal))}.");
        }
    }

    private XElement? Find(string name, string kind, string expected)
    {
        _asked.Add(name);
        if (!_properties.TryGetValue(name, out var value) || KindOf(value) == "null")
            return null;
        return KindOf(value) == kind ? value : throw Invalid(name, expected);
    }

    private IEnumerable<XElement> Items(string name, string kind, string expected)
    {
        var items = Find(name, "array", expected)?.Elements() ?? [];
        return items.All(item => KindOf(item) == kind) ? items : throw Invalid(name, expected);
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static string Describe(string path) => path.Length == 0 ? "the file" : $"'{path}'";

    private static string KindOf(XElement element) => (string?)element.Attribute("type") ?? "string";

    // A name that XML does not allow is kept in an attribute, see the platform's "Mapping Between JSON and XML".
    private static string NameOf(XElement element) => (string?)element.Attribute("item") ?? element.Name.LocalName;
}
