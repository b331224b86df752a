using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Prune;

/// <summary>Builds networks with seeded weights in any operator set from 11 on, which moved attributes to inputs.</summary>
internal sealed class NetworkBuilder(long opset, int seed)
{
    private readonly Random _random = new(seed);

    public GraphBuilder Graph { get; } = new(opset);

    public Random Random => _random;

    public Value Node(string opType, IReadOnlyList<Value?> inputs, params (string Name, AttributeValue Value)[] attributes) => Graph.Node(opType, inputs, Of(attributes));

    /// <summary>Noise of a size that keeps a sum over all axes but the first about as large as its inputs.</summary>
    public Value Weight(params long[] dims) => Weight(dims.Skip(1).Aggregate(1L, (product, dim) => product * dim), dims);

    public Value Weight(long fanIn, long[] dims)
    {
        var values = new float[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < values.Length; i++)
            values[i] = ((_random.NextSingle() * 2) - 1) * MathF.Sqrt(3f / fanIn);
        return Graph.Initializer("w", Tensor.Of(values, dims));
    }

    /// <summary>A vector of numbers about 1, such as scales and variances.</summary>
    public Value Scales(params long[] dims)
    {
        var values = new float[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < values.Length; i++)
            values[i] = 0.5f + _random.NextSingle();
        return Graph.Initializer("s", Tensor.Of(values, dims));
    }

    public Value Longs(params long[] values) => Graph.Initializer("i", Tensor.Vector<long>(values));

    public Value Number(float value) => Graph.Initializer("n", Tensor.Scalar(value));

    public Value Picture(long channels, long size = 6) => Graph.Input("x", ElementType.Float32, 2, channels, size, size);

    public Value Conv(Value x, long from, long to, int kernel = 1, long groups = 1, bool bias = true)
    {
        Value?[] biases = bias ? [Weight(1, [to])] : [];
        long pad = kernel / 2;
        return Node("Conv", [x, Weight(to, from / groups, kernel, kernel), .. biases], ("group", groups), ("pads", new[] { pad, pad, pad, pad }));
    }

    public Value MatMul(Value x, long from, long to) => Node("MatMul", [x, Weight(from, [from, to])]);

    public Value Norm(Value x, long channels) => Node("BatchNormalization", [x, Scales(channels), Weight(1, [channels]), Weight(1, [channels]), Scales(channels)]);

    public Value Transpose(Value x, params long[] perm) => Node("Transpose", [x], ("perm", perm));

    public Value Reshape(Value x, params long[] shape) => Node("Reshape", [x, Longs(shape)]);

    public IReadOnlyList<Value> Split(Value x, long axis, params long[] sizes) => opset < 13
        ? Graph.Nodes("Split", [x], sizes.Length, Of(("axis", axis), ("split", sizes)))
        : Graph.Nodes("Split", [x, Longs(sizes)], sizes.Length, Of(("axis", axis)));

    public Value Slice(Value x, long axis, long start, long end) => Node("Slice", [x, Longs(start), Longs(end), Longs(axis)]);

    public Value Mean(Value x, long axis, bool keep) => opset < 18
        ? Node("ReduceMean", [x], ("axes", new[] { axis }), ("keepdims", keep ? 1L : 0L))
        : Node("ReduceMean", [x, Longs(axis)], ("keepdims", keep ? 1L : 0L));

    public Value Squeeze(Value x, params long[] axes) => opset < 13 ? Node("Squeeze", [x], ("axes", axes)) : Node("Squeeze", [x, Longs(axes)]);

    public Value Softmax(Value x, long axis) => Node("Softmax", [x], ("axis", axis));

    /// <summary>The shape is said for a fixed picture; an output has no declared type until it is known.</summary>
    public Model Outputs(params ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
            Graph.Output(value, "y");
        return Graph.Model;
    }
}
