using System.Globalization;

namespace ModelCompiler.Contract;

/// <summary>
/// A JSON object that is read property by property. It knows its path, so that a message can name the property, and which
/// properties were asked for, so that a misspelled one is not silently ignored.
/// </summary>
internal sealed class JsonObject
{
    private readonly Dictionary<string, JsonValue> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal) { "$schema" };
    private readonly JsonSource _source;
    private readonly JsonValue _value;
    private readonly string _path;

    private JsonObject(JsonValue value, JsonSource source, string path)
    {
        (_value, _source, _path) = (value, source, path);
        if (value.Kind != JsonKind.Object)
            throw source.Invalid(value.Line, "it must be an object.");
        for (var i = 0; i < value.Names.Count; i++)
        {
            if (_properties.ContainsKey(value.Names[i]))
                throw source.Invalid(value.Items[i].Line, $"'{PathOf(value.Names[i])}' is there twice.");
            _properties.Add(value.Names[i], value.Items[i]);
        }
    }

    /// <summary>Reads a text as one object.</summary>
    /// <exception cref="DiagnosticException">The source's rule, when it is not JSON or not an object.</exception>
    public static JsonObject Parse(string json, JsonSource source) => new(JsonParser.Parse(json, source), source, "");

    public IReadOnlyList<string> PropertyNames => _value.Names;

    public string? String(string name) => Find(name, JsonKind.String, "a text")?.Text;

    public bool? Bool(string name) => Find(name, JsonKind.Bool, "true or false") is { } value ? value.Text == "true" : null;

    public double? Number(string name) => Find(name, JsonKind.Number, "a number") is { } value ? Finite(name, value) : null;

    public JsonObject? Object(string name) =>
        Find(name, JsonKind.Object, "an object") is { } value ? new JsonObject(value, _source, PathOf(name)) : null;

    public IReadOnlyList<string> Strings(string name) => [.. Items(name, JsonKind.String, "a list of texts").Select(item => item.Text)];

    public IReadOnlyList<float> Numbers(string name) =>
        [.. Items(name, JsonKind.Number, "a list of numbers").Select(item => (float)Finite(name, item))];

    public IReadOnlyList<JsonObject> Objects(string name) =>
        [.. Items(name, JsonKind.Object, "a list of objects").Select((item, i) => new JsonObject(item, _source, $"{PathOf(name)}[{i}]"))];

    /// <summary>An object's properties as texts, whether they were written as text, number or boolean.</summary>
    public IReadOnlyList<MetadataEntry> Entries(string name)
    {
        if (Find(name, JsonKind.Object, "an object") is not { } value)
            return [];
        if (!value.Items.All(item => item.Kind is JsonKind.String or JsonKind.Number or JsonKind.Bool))
            throw Invalid(name, "an object of texts, numbers and booleans");
        return [.. value.Names.Zip(value.Items, (key, item) => new MetadataEntry(key, item.Text))];
    }

    /// <summary>A number or a text as its text, for values that people write either way: <c>0.5</c>, <c>"0.5%"</c>.</summary>
    public string? Text(string name) =>
        _properties.TryGetValue(name, out var value) && value.Kind == JsonKind.Number ? Find(name, JsonKind.Number, "a number")!.Text : String(name);

    /// <summary>The error of a value that has the right type and makes no sense.</summary>
    public DiagnosticException Invalid(string name, string requirement) =>
        _source.Invalid(_properties.TryGetValue(name, out var value) ? value.Line : _value.Line, $"'{PathOf(name)}' must be {requirement}.");

    /// <summary>Reports a property that nobody asked for.</summary>
    public void RejectUnknown()
    {
        foreach (var property in _properties)
        {
            if (_asked.Contains(property.Key))
                continue;
            var known = string.Join(", ", _asked.Where(name => name != "$schema").OrderBy(name => name, StringComparer.Ordinal));
            throw _source.Invalid(property.Value.Line, $"'{PathOf(property.Key)}' is not known. Known here: {known}.");
        }
    }

    private JsonValue? Find(string name, JsonKind kind, string expected)
    {
        _asked.Add(name);
        if (!_properties.TryGetValue(name, out var value) || value.Kind == JsonKind.Null)
            return null;
        return value.Kind == kind ? value : throw Invalid(name, expected);
    }

    private IReadOnlyList<JsonValue> Items(string name, JsonKind kind, string expected)
    {
        var items = Find(name, JsonKind.Array, expected)?.Items ?? [];
        return items.All(item => item.Kind == kind) ? items : throw Invalid(name, expected);
    }

    private double Finite(string name, JsonValue value) =>
        double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= float.MaxValue
            ? number
            : throw Invalid(name, "a number that a float can hold");

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
