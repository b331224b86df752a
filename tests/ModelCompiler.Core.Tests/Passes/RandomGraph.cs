using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using static ModelCompiler.Tests.Passes.Attributes;

namespace ModelCompiler.Tests.Passes;

/// <summary>Random small image networks that are full of what simplification looks for.</summary>
internal sealed class RandomGraph
{
    private readonly Random _random;
    private readonly GraphBuilder _builder = new(opset: 13);
    private readonly List<(Value Value, int Channels)> _values = [];

    private RandomGraph(int seed) => _random = new Random(seed);

    /// <summary>Every value is [1, channels, 6, 6], so that any two can meet.</summary>
    public static Model Build(int seed)
    {
        var graph = new RandomGraph(seed);
        graph.Grow();
        graph._builder.Output(graph._values[^1].Value, "y");
        if (graph._random.Next(3) == 0)
            graph._builder.Output(graph._builder.Node("Neg", [graph.Pick().Value]), "z");
        return graph._builder.Model;
    }

    /// <summary>One that ends in a convolution whose result is averaged.</summary>
    public static Model BuildClassifier(int seed)
    {
        var graph = new RandomGraph(seed);
        graph.Grow();
        var (last, channels) = graph._values[^1];
        graph._builder.Output(graph._builder.Node("GlobalAveragePool", [graph._builder.Node("Conv", [last, graph.Weight(3, channels, 1, 1)])]), "y");
        return graph._builder.Model;
    }

    private void Grow()
    {
        _values.Add((_builder.Input("x", ElementType.Float32, 1, 4, 6, 6), 4));
        var steps = _random.Next(4, 16);
        for (var i = 0; i < steps; i++)
            _values.Add(Next());
    }

    private (Value Value, int Channels) Pick() => _values[_random.Next(Math.Max(0, _values.Count - 4), _values.Count)];

    private (Value Value, int Channels) Next()
    {
        var (x, channels) = Pick();
        return _random.Next(18) switch
        {
            0 or 1 or 2 => Conv(x, channels),
            3 or 4 => (Norm(x, channels), channels),
            5 => (_builder.Node(_random.Next(2) == 0 ? "Mul" : "Add", [x, Weight(channels, 1, 1)]), channels),
            6 => (_builder.Node(_random.Next(2) == 0 ? "Sub" : "Div", [x, Offset(channels)]), channels),
            7 => (_builder.Node(_random.Next(2) == 0 ? "Relu" : "Identity", [x]), channels),
            8 => (_builder.Node("Add", [x, _values[_random.Next(_values.Count)] is var (other, count) && count == channels ? other : x]), channels),
            9 => (Transposes(x), channels),
            10 => (Reshapes(x, channels), channels),
            11 => (_builder.Node("Mul", [x, _builder.Node("Exp", [_builder.Node("Constant", [], Of(("value_float", 0.5f)))])]), channels),
            12 => (_builder.Node("Sigmoid", [x]), channels),
            13 => (Cropped(x), channels),
            14 => (_builder.Node("Dropout", [_builder.Node("Tanh", [x])]), channels),
            15 => Focus(x, channels),
            16 => (Gelu(x), channels),
            _ => (_builder.Node("AveragePool", [Pad(x, 1)], Of(("kernel_shape", new[] { 3L, 3L }))), channels),
        };
    }

    private (Value, int) Conv(Value x, int channels)
    {
        var made = _random.Next(1, 4) * 2;
        Value?[] bias = _random.Next(2) == 0 ? [] : [Weight(made)];
        return _random.Next(3) switch
        {
            0 => (_builder.Node("Conv", [Pad(x, 1), Weight(made, channels, 3, 3), .. bias]), made),
            1 => (_builder.Node("ConvTranspose", [x, Weight(channels, made / 2, 1, 1), .. bias], Of(("group", 2L))), made),
            _ => (_builder.Node("Conv", [x, Weight(made, channels / 2, 3, 3), .. bias], Of(("group", 2L), ("pads", new[] { 1L, 1, 1, 1 }))), made),
        };
    }

    /// <summary>The four quarters of the image as channels, and back to its size.</summary>
    private (Value, int) Focus(Value x, int channels)
    {
        (long Y, long X)[] places = [(0, 0), (0, 1), (1, 0), (1, 1)];
        _random.Shuffle(places);
        var quarters = places.Select(place => _builder.Node("Slice", [x, Longs(place.Y, place.X), Longs(6, 6), Longs(2, 3), Longs(2, 2)]));
        var concat = _builder.Node("Concat", [.. quarters], Of(("axis", 1L)));
        var conv = _builder.Node("Conv", [concat, Weight(2, channels * 4, 3, 3)], Of(("pads", new[] { 1L, 1, 1, 1 })));
        return (_builder.Node("ConvTranspose", [conv, Weight(2, 4, 2, 2)], Of(("strides", new[] { 2L, 2 }))), 4);
    }

    private Value Norm(Value x, int channels)
    {
        var variance = _builder.Initializer("variance", Tensor.Vector<float>([.. Enumerable.Range(0, channels).Select(_ => 0.5f + _random.NextSingle())]));
        return _builder.Node("BatchNormalization", [x, Weight(channels), Weight(channels), Weight(channels), variance]);
    }

    private Value Transposes(Value x)
    {
        var there = _builder.Node("Transpose", [x], Of(("perm", new[] { 0L, 2, 3, 1 })));
        return _builder.Node("Transpose", [there], Of(("perm", new[] { 0L, 3, 1, 2 })));
    }

    /// <summary>½·x · (1 + Erf(x · 1/√2)) with its branches in another layout.</summary>
    private Value Gelu(Value x)
    {
        var order = Of(("perm", new[] { 0L, 2, 3, 1 }));
        var half = _builder.Node("Transpose", [_builder.Node("Mul", [x, Number(0.5f)])], order);
        var scaled = _builder.Node("Transpose", [_builder.Node("Mul", [Number(0.70710678f), x])], order);
        var gelu = _builder.Node("Mul", [half, _builder.Node("Add", [_builder.Node("Erf", [scaled]), Number(1)])]);
        return _builder.Node("Transpose", [gelu], Of(("perm", new[] { 0L, 3, 1, 2 })));
    }

    private Value Reshapes(Value x, int channels)
    {
        var flat = _builder.Node("Flatten", [x]);
        var target = _random.Next(2) == 0 ? Longs(1, channels, 6, 6) : _builder.Node("Shape", [x]);
        return _builder.Node("Reshape", [flat, target]);
    }

    private Value Cropped(Value x) => _builder.Node("Slice", [Pad(x, 1), Longs(1, 1), Longs(7, 7), Longs(2, 3)]);

    private Value Pad(Value x, long by) => _builder.Node("Pad", [x, Longs(0, 0, by, by, 0, 0, by, by)]);

    private Value Weight(params long[] dims) => _builder.Initializer("w", RandomTensors.Floats(_random, dims));

    private Value Offset(int channels) => _builder.Initializer("o", Tensor.Of([.. Enumerable.Range(0, channels).Select(_ => 0.5f + _random.NextSingle())], 1, channels, 1, 1));

    private Value Number(float value) => _builder.Initializer("n", Tensor.Scalar(value));

    private Value Longs(params long[] values) => _builder.Initializer("i", Tensor.Vector<long>(values));
}
