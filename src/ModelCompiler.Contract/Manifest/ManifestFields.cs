using System.Globalization;

namespace ModelCompiler.Contract;

/// <summary>Takes the fields of a line one after the other.</summary>
internal sealed class ManifestFields(string?[] fields)
{
    private int _next;

    public string? Optional() => _next < fields.Length ? fields[_next++] : throw new FormatException("a field is missing");

    public string Text() => Optional() ?? throw new FormatException("a field is empty");

    public string?[] Rest()
    {
        var rest = fields.Skip(_next).ToArray();
        _next = fields.Length;
        return rest;
    }

    public T Word<T>()
        where T : struct, Enum => Text() is var word && OptionWords.Parse<T>(word) is { } value ? value : throw new FormatException($"'{word}' is not known");

    public ValueSignature Value()
    {
        var (name, kind, element, text) = (Text(), Word<ValueKind>(), (int)Integer(Text()), Text());
        return new ValueSignature(name, kind, (ElementType)element, null, text);
    }

    public EquatableArray<Dimension> Shape()
    {
        var shape = new List<Dimension>();
        while (_next < fields.Length)
            shape.Add(new Dimension(Optional() is { } size ? Integer(size) : null, Optional()));
        return new(shape);
    }

    public ImageInput Image() => new(
        Word<ImageLayout>(),
        Word<ImageColor>(),
        ImageGrammar.Resize(Text()) ?? throw new FormatException("the resizing is not known"),
        Optional() is { } side ? (int)Integer(side) : null,
        Number(Text()),
        Numbers(),
        Numbers());

    public DetectionFormat Detection() => new(
        Optional() is { } box ? OptionWords.Parse<BoxCoding>(box) ?? throw new FormatException($"'{box}' is not known") : null,
        Optional() is { } relative ? Truth(relative) : null,
        Truth(Text()),
        Truth(Text()),
        Optional() is { } background ? checked((int)Integer(background)) : null,
        new(Text().Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(stride => checked((int)Integer(stride)))));

    public AudioInput Audio() => new(checked((int)Integer(Text())), checked((int)Integer(Text())), checked((int)Integer(Text())), checked((int)Integer(Text())));

    public double Number() => double.Parse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture);

    public ClassMapFormat ClassMap() => new(Word<ClassMapValues>(), Word<ImageLayout>());

    public EquatableArray<MetadataEntry> Entries()
    {
        var entries = new List<MetadataEntry>();
        while (_next < fields.Length)
            entries.Add(new MetadataEntry(Text(), Text()));
        return new(entries);
    }

    public ModelProvenance Provenance() => new(Optional(), Optional(), Optional());

    public void ExpectEnd()
    {
        if (_next < fields.Length)
            throw new FormatException("a field too many");
    }

    private EquatableArray<float> Numbers() => new(Text().Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(Number));

    private static bool Truth(string text) => bool.TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is neither true nor false");

    private static long Integer(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static float Number(string text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
