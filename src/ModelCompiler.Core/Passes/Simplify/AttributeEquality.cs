using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Equality of attributes by what they say. Graphs and records that are not looked into never count as equal.</summary>
internal static class AttributeEquality
{
    public static bool Equal(IReadOnlyDictionary<string, AttributeValue> a, IReadOnlyDictionary<string, AttributeValue> b) =>
        a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && Equal(entry.Value, other));

    private static bool Equal(AttributeValue a, AttributeValue b) => (a, b) switch
    {
        (AttributeValue.Int x, AttributeValue.Int y) => x.Value == y.Value,
        (AttributeValue.Float x, AttributeValue.Float y) => SameBits(x.Value, y.Value),
        (AttributeValue.Bytes x, AttributeValue.Bytes y) => x.Value.Span.SequenceEqual(y.Value.Span),
        (AttributeValue.Ints x, AttributeValue.Ints y) => x.Values.SequenceEqual(y.Values),
        (AttributeValue.Floats x, AttributeValue.Floats y) => x.Values.Count == y.Values.Count && x.Values.Zip(y.Values).All(pair => SameBits(pair.First, pair.Second)),
        (AttributeValue.ManyBytes x, AttributeValue.ManyBytes y) => x.Values.Count == y.Values.Count && x.Values.Zip(y.Values).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span)),
        (AttributeValue.OfTensor x, AttributeValue.OfTensor y) => TensorContent.Comparer.Equals(x.Value, y.Value),
        _ => false,
    };

    private static bool SameBits(float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);
}
