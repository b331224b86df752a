using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Passes;

/// <summary>Attributes in one line.</summary>
internal static class Attributes
{
    public static IReadOnlyDictionary<string, AttributeValue> Of(params (string Name, AttributeValue Value)[] attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal);
}
