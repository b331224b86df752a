using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients;

/// <summary>
/// Writes the operators of gradients behind a forward pass. Every method adds one node, but for those that have nothing to do; all of them mean the same in
/// operator sets 17 and later.
/// </summary>
internal sealed class GradientWriter(GraphBuilder builder)
{
    /// <summary>So steep that a clipped line is a step. A power of two, so that products with it are exact.</summary>
    public const float Steepness = 1.2676506e30f; // 2 to the power of 100

    private readonly Dictionary<string, Value> _constants = new(StringComparer.Ordinal);

    public Value Node(string opType, params ReadOnlySpan<Value?> inputs) => builder.Node(opType, inputs.ToArray());

    public Value Node(string opType, IReadOnlyList<Value?> inputs, params ReadOnlySpan<(string Name, AttributeValue Value)> attributes) =>
        builder.Node(opType, inputs, Attributes(attributes));

    /// <summary>A node of ONNX Runtime's own operators.</summary>
    public Value Microsoft(string opType, IReadOnlyList<Value?> inputs, params ReadOnlySpan<(string Name, AttributeValue Value)> attributes)
    {
        builder.Opset("com.microsoft", 1);
        return builder.Node(opType, inputs, Attributes(attributes), "com.microsoft");
    }

    public IReadOnlyList<Value> Nodes(string opType, IReadOnlyList<Value?> inputs, int outputs, params ReadOnlySpan<(string Name, AttributeValue Value)> attributes) =>
        builder.Nodes(opType, inputs, outputs, Attributes(attributes));

    /// <summary>A constant float32 scalar.</summary>
    public Value Scalar(float value) => Constant(Tensor.Scalar(value));

    /// <summary>A constant vector of int64: axes, shapes, starts.</summary>
    public Value Longs(params ReadOnlySpan<long> values) => Constant(Tensor.Vector(values));

    /// <summary>A constant; equal small ones are one.</summary>
    public Value Constant(Tensor tensor)
    {
        if (tensor.Data.Length > 256)
            return builder.Initializer("constant", tensor);
        var key = $"{tensor} {Convert.ToHexString(tensor.Data.Span)}";
        return _constants.TryGetValue(key, out var known) ? known : _constants[key] = builder.Initializer("constant", tensor);
    }

    public Value Add(Value a, Value b) => Node("Add", a, b);

    public Value Sub(Value a, Value b) => Node("Sub", a, b);

    public Value Mul(Value a, Value b) => Node("Mul", a, b);

    public Value Mul(Value a, float b) => b == 1 ? a : Node("Mul", a, Scalar(b));

    public Value Div(Value a, Value b) => Node("Div", a, b);

    public Value Neg(Value a) => Node("Neg", a);

    /// <summary>The sum of tensors of one shape.</summary>
    public Value Sum(IReadOnlyList<Value> parts) => parts.Count == 1 ? parts[0] : parts.Count == 2 ? Add(parts[0], parts[1]) : Node("Sum", [.. parts]);

    /// <summary>float32 1 where a bool is true, else 0.</summary>
    public Value ToFloat(Value condition) => Node("Cast", [condition], ("to", (long)Contract.ElementType.Float32));

    /// <summary>Sums over axes, which stay with size 1.</summary>
    public Value SumOver(Value value, params ReadOnlySpan<long> axes) => axes.Length == 0 ? value : Node("ReduceSum", [value, Longs(axes)], ("keepdims", 1));

    /// <summary>Sums over axes, which go.</summary>
    public Value SumAway(Value value, params ReadOnlySpan<long> axes) => axes.Length == 0 ? value : Node("ReduceSum", [value, Longs(axes)], ("keepdims", 0));

    /// <summary>Sums what broadcasting had repeated: the gradient of an operand that an operator broadcast to <paramref name="from"/>.</summary>
    /// <param name="value">Of the shape <paramref name="from"/>.</param>
    /// <param name="from">Its shape.</param>
    /// <param name="to">The operand's shape.</param>
    public Value SumTo(Value value, long[] from, long[] to)
    {
        if (from.AsSpan().SequenceEqual(to))
            return value;
        var missing = from.Length - to.Length;
        long[] repeated = [.. Enumerable.Range(0, from.Length).Where(axis => axis < missing || (to[axis - missing] == 1 && from[axis] != 1)).Select(axis => (long)axis)];
        var summed = SumOver(value, repeated);
        return missing == 0 ? summed : Reshape(summed, to);
    }

    public Value Reshape(Value value, params ReadOnlySpan<long> dims) => Node("Reshape", [value, Longs(dims)], ("allowzero", 1));

    /// <summary>Repeats along axes of size 1.</summary>
    public Value Expand(Value value, params ReadOnlySpan<long> dims) => Node("Expand", value, Longs(dims));

    public Value Transpose(Value value, params ReadOnlySpan<long> permutation) => Node("Transpose", [value], ("perm", permutation.ToArray()));

    public Value Concat(long axis, params ReadOnlySpan<Value?> parts) => parts.Length == 1 ? parts[0]! : Node("Concat", parts.ToArray(), ("axis", axis));

    /// <param name="value">Is read.</param>
    /// <param name="axes">The axes that are cut.</param>
    /// <param name="starts">By axis.</param>
    /// <param name="ends">By axis, exclusive.</param>
    /// <param name="steps">By axis; null for 1.</param>
    public Value Slice(Value value, long[] axes, long[] starts, long[] ends, long[]? steps = null) =>
        steps is null ? Node("Slice", value, Longs(starts), Longs(ends), Longs(axes)) : Node("Slice", value, Longs(starts), Longs(ends), Longs(axes), Longs(steps));

    /// <summary>Adds zeros, or takes elements away where a number is negative.</summary>
    /// <param name="value">Is read.</param>
    /// <param name="begins">In front, for every axis.</param>
    /// <param name="ends">Behind, for every axis.</param>
    public Value Pad(Value value, long[] begins, long[] ends) =>
        Array.TrueForAll(begins, size => size == 0) && Array.TrueForAll(ends, size => size == 0) ? value : Node("Pad", value, Longs([.. begins, .. ends]));

    /// <summary>a·b, with either side's last two axes exchanged first; leading axes are batches, as for MatMul.</summary>
    public Value MatMul(Value a, Value b, bool transA = false, bool transB = false) => !transA && !transB
        ? Node("MatMul", a, b)
        : Microsoft("FusedMatMul", [a, b], ("transA", transA ? 1 : 0), ("transB", transB ? 1 : 0));

    /// <summary>Float32 zeros.</summary>
    public Value Zeros(params ReadOnlySpan<long> dims) => Node("ConstantOfShape", Longs(dims));

    /// <summary>αx + β clipped to [0, 1].</summary>
    public Value HardSigmoid(Value x, float alpha, float beta) => Node("HardSigmoid", [x], ("alpha", alpha), ("beta", beta));

    /// <summary>1 where x is greater than a threshold, else 0.</summary>
    public Value Step(Value x, float threshold = 0) => HardSigmoid(x, Steepness, -Steepness * threshold);

    /// <summary>One number where x is negative, another where it is positive; at 0 one of those, or 0 where that lies between them.</summary>
    public Value Slope(Value x, float below, float above) =>
        Node("Clip", Mul(x, below <= above ? Steepness : -Steepness), Scalar(Math.Min(below, above)), Scalar(Math.Max(below, above)));

    private static Dictionary<string, AttributeValue> Attributes(ReadOnlySpan<(string Name, AttributeValue Value)> given)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
            attributes.Add(name, value);
        return attributes;
    }
}
