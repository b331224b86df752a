using System.Text;

namespace ModelCompiler.Graphs;

/// <summary>The value of a node's attribute.</summary>
public abstract record AttributeValue
{
    public sealed record Int(long Value) : AttributeValue;

    public sealed record Float(float Value) : AttributeValue;

    /// <summary>Bytes by the specification, UTF-8 text in practice.</summary>
    public sealed record Bytes(ReadOnlyMemory<byte> Value) : AttributeValue
    {
        public string Text => Encoding.UTF8.GetString(Value.Span);
    }

    public sealed record Ints(IReadOnlyList<long> Values) : AttributeValue;

    public sealed record Floats(IReadOnlyList<float> Values) : AttributeValue;

    public sealed record ManyBytes(IReadOnlyList<ReadOnlyMemory<byte>> Values) : AttributeValue;

    public sealed record OfTensor(Tensor Value) : AttributeValue;

    public sealed record OfTensors(IReadOnlyList<Tensor> Values) : AttributeValue;

    public sealed record OfGraph(Graph Value) : AttributeValue;

    public sealed record OfGraphs(IReadOnlyList<Graph> Values) : AttributeValue;

    /// <summary>Types, sparse tensors and references of function bodies: carried from reader to writer, not looked into.</summary>
    public sealed record Opaque(object Record) : AttributeValue;

    public static implicit operator AttributeValue(long value) => new Int(value);

    public static implicit operator AttributeValue(float value) => new Float(value);

    public static implicit operator AttributeValue(string value) => new Bytes(Encoding.UTF8.GetBytes(value));

    public static implicit operator AttributeValue(long[] values) => new Ints(values);

    public static implicit operator AttributeValue(float[] values) => new Floats(values);

    public static implicit operator AttributeValue(Tensor value) => new OfTensor(value);

    public static implicit operator AttributeValue(Graph value) => new OfGraph(value);

    /// <summary>The graphs inside, for control-flow attributes; empty otherwise.</summary>
    public IEnumerable<Graph> Graphs => this switch
    {
        OfGraph one => [one.Value],
        OfGraphs many => many.Values,
        _ => [],
    };
}
