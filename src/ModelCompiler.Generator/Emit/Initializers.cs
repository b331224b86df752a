using ModelCompiler.Contract;

namespace ModelCompiler.Generator.Emit;

/// <summary>Properties of an object initializer that hold several things; null where there are none, so that the property keeps its default.</summary>
internal static class Initializers
{
    public static string? Array(string property, string type, IEnumerable<string> items)
    {
        var elements = items.ToArray();
        return elements.Length == 0 ? null : $$"""
            {{property}} = new global::ModelCompiler.{{type}}[]
            {
            {{SourceText.Indent(string.Join(",\n", elements), 1)}},
            },
            """;
    }

    public static string? Dictionary(string property, EquatableArray<MetadataEntry> entries) => entries.Count == 0 ? null : $$"""
        {{property}} = new global::System.Collections.Generic.Dictionary<string, string>
        {
        {{SourceText.Indent(SourceText.Lines(entries.Select(entry => $"[{SourceText.Literal(entry.Key)}] = {SourceText.Literal(entry.Value)},")), 1)}}
        },
        """;
}
