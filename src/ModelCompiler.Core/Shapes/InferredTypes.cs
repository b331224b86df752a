using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes;

/// <summary>
/// What is known for certain of a model's values: element types, shapes, and the contents of the small integer tensors that shapes are
/// computed with. What is not certain is absent.
/// </summary>
public sealed class InferredTypes
{
    private readonly Dictionary<Value, TensorType> _types = [];
    private readonly Dictionary<Value, Dimension[]> _contents = [];

    internal InferredTypes()
    {
    }

    /// <summary>Element type and shape; null where neither is known. The element type may be <see cref="ElementType.Undefined"/>.</summary>
    public TensorType? TypeOf(Value value) => _types.GetValueOrDefault(value);

    /// <summary>The shape where at least the rank is known.</summary>
    public Shape? ShapeOf(Value value) => TypeOf(value)?.Shape;

    public ElementType ElementOf(Value value) => TypeOf(value)?.Element ?? ElementType.Undefined;

    /// <summary>Bytes that the value takes, where all sizes and the element type are known.</summary>
    public long? BytesOf(Value value) =>
        TypeOf(value) is { Element: var element, Shape.ElementCount: { } count } && element.BitWidth() > 0 ? element.ByteLength(count) : null;

    /// <summary>
    /// The elements, in order, of a small integer tensor of at most two axes: a number, a size that has a name (<c>batch</c>), or unknown. Null where nothing is known.
    /// </summary>
    public IReadOnlyList<Dimension>? ContentsOf(Value value) => _contents.GetValueOrDefault(value);

    internal void Set(Value value, TensorType type) => _types[value] = type;

    internal void SetContents(Value value, Dimension[] contents) => _contents[value] = contents;
}
