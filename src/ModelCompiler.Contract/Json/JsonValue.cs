namespace ModelCompiler.Contract;

internal enum JsonKind
{
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// <summary>A JSON value and the line it stands on.</summary>
/// <param name="Text">The text of a string; a number or literal as it was written.</param>
/// <param name="Items">An array's values; an object's, in the order of <paramref name="Names"/>.</param>
/// <param name="Names">The names of an object's properties.</param>
internal sealed record JsonValue(JsonKind Kind, int Line, string Text, IReadOnlyList<JsonValue> Items, IReadOnlyList<string> Names)
{
    public static JsonValue Scalar(JsonKind kind, int line, string text) => new(kind, line, text, [], []);
}
