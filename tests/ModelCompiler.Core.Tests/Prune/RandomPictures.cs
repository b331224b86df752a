using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Prune;

/// <summary>Random operators on pictures [N, C, 6, 6] that channels are followed through, and a few that stop them.</summary>
internal sealed class RandomPictures(NetworkBuilder net)
{
    private readonly List<(Value Value, int Channels)> _values = [];
    private readonly List<(Value Weight, int From, int To)> _weights = [];

    private Random Random => net.Random;

    public (Value Value, int Channels) Last => _values[^1];

    public (Value Value, int Channels) Any => _values[Random.Next(_values.Count)];

    public void Start(Value x, int channels) => _values.Add(Conv(x, channels));

    public void Grow()
    {
        var (x, channels) = _values[Random.Next(Math.Max(0, _values.Count - 4), _values.Count)];
        switch (Random.Next(33))
        {
            case 0 or 1 or 2 or 3 or 4: Add(Conv(x, channels)); break;
            case 5: Add(Depthwise(x, channels)); break;
            case 6: Add(Grouped(x, channels)); break;
            case 7: Add(Transposed(x, channels)); break;
            case 8: Add((net.Norm(x, channels), channels)); break;
            case 9: Add((net.Node("InstanceNormalization", [x, net.Scales(channels), net.Weight(1, [channels])]), channels)); break;
            case 10 or 11: Add((Activation(x, channels), channels)); break;
            case 12 or 13 or 14: Add((Meet(x, channels), channels)); break;
            case 15: Add((WithConstant(x, channels), channels)); break;
            case 16 or 17: Concat(x, channels); break;
            case 18: Split(x, channels); break;
            case 19: Slice(x, channels); break;
            case 20: Pad(x, channels); break;
            case 21 or 22: Add((SqueezeAndExcite(x, channels), channels)); break;
            case 23: Add((Shuffle(x, channels), channels)); break;
            case 24: Add((ChannelsLast(x, channels), channels)); break;
            case 25: Add((Blocks(x, channels), channels)); break;
            case 26: SharedWeight(x, channels); break;
            case 27: Add((Resampled(x), channels)); break;
            case 28: Add((Permuted(x, channels), channels)); break;
            case 29: Add((Stretched(x, channels), channels)); break;
            case 30: Add((GroupNorm(x, channels), channels)); break;
            case 31: Add((ThroughFlat(x, channels), channels)); break;
            default: Add((Stopped(x), channels)); break;
        }
    }

    private void Add((Value, int) made) => _values.Add(made);

    private (Value, int) Conv(Value x, int channels)
    {
        var made = Random.Next(1, 7) * 2;
        return (net.Conv(x, channels, made, Random.Next(2) == 0 ? 1 : 3, bias: Random.Next(2) == 0), made);
    }

    private (Value, int) Depthwise(Value x, int channels)
    {
        var multiplier = Random.Next(4) == 0 ? 2 : 1;
        return (net.Conv(x, channels, channels * multiplier, 3, channels), channels * multiplier);
    }

    private (Value, int) Grouped(Value x, int channels)
    {
        var made = Random.Next(1, 5) * 2;
        return (net.Conv(x, channels, made, 1, groups: 2), made);
    }

    private (Value, int) Transposed(Value x, int channels)
    {
        var groups = Random.Next(3) switch { 0 => 1, 1 => 2, _ => channels };
        var made = Random.Next(1, groups == channels ? 3 : 5);
        if (made * groups % 2 == 1)
            made++;
        return (net.Node("ConvTranspose", [x, net.Weight(channels, made, 1, 1), net.Weight(1, [made * groups])], ("group", (long)groups)), made * groups);
    }

    private Value Activation(Value x, int channels) => Random.Next(7) switch
    {
        0 => net.Node("Relu", [x]),
        1 => net.Node("LeakyRelu", [x]),
        2 => net.Node("Mul", [x, net.Node("Sigmoid", [x])]),
        3 => net.Node("Clip", [x, net.Number(-1), net.Number(1)]),
        4 => net.Node("PRelu", [x, net.Scales(channels, 1, 1)]),
        5 => net.Node("Dropout", [net.Node("Tanh", [x])]),
        _ => net.Node("Where", [net.Node("Greater", [x, net.Number(0.1f)]), x, net.Node("Mul", [x, net.Number(0.25f)])]),
    };

    /// <summary>With another value of as many channels, or a layer made to fit.</summary>
    private Value Meet(Value x, int channels)
    {
        var fitting = _values.Where(value => value.Channels == channels && value.Value != x).ToArray();
        var other = fitting.Length > 0 && Random.Next(3) > 0 ? fitting[Random.Next(fitting.Length)].Value : net.Conv(Last.Value, Last.Channels, channels);
        return net.Node(Random.Next(4) switch { 0 => "Mul", 1 => "Sub", 2 => "Max", _ => "Add" }, [x, other]);
    }

    private Value WithConstant(Value x, int channels) => Random.Next(3) switch
    {
        0 => net.Node("Mul", [net.Scales(channels, 1, 1), x]),
        1 => net.Node("Div", [x, net.Scales(1, channels, 1, 1)]),
        _ => net.Node("Add", [x, net.Scales(channels, 6, 6)]),
    };

    private void Concat(Value x, int channels)
    {
        var (other, count) = Any;
        if (channels + count <= 32)
            Add((net.Node("Concat", [x, other], ("axis", Random.Next(2) == 0 ? 1L : -3L)), channels + count));
    }

    private void Split(Value x, int channels)
    {
        if (channels < 4)
            return;
        var first = Random.Next(1, channels / 2) * 2;
        var parts = net.Split(x, 1, first, channels - first);
        Add((parts[0], first));
        Add((parts[1], channels - first));
    }

    private void Slice(Value x, int channels)
    {
        var start = Random.Next(channels / 2);
        var count = Random.Next(1, ((channels - start) / 2) + 1) * 2;
        if (start + count <= channels)
            Add((net.Slice(x, 1, start, Random.Next(2) == 0 ? start + count : start + count - channels is < 0 and var end ? end : int.MaxValue), count));
    }

    private void Pad(Value x, int channels)
    {
        var (before, behind) = (Random.Next(3), Random.Next(3));
        if ((before + behind) % 2 == 1)
            behind++;
        var padded = net.Node("Pad", [x, net.Longs(0, before, 1, 1, 0, behind, 1, 1), net.Number(Random.Next(2))]);
        Add((net.Node("MaxPool", [padded], ("kernel_shape", new[] { 3L, 3 })), channels + before + behind));
    }

    private Value SqueezeAndExcite(Value x, int channels)
    {
        var hidden = Random.Next(1, 4) * 2;
        var squeezed = net.Node("Relu", [net.Conv(net.Node("GlobalAveragePool", [x]), channels, hidden)]);
        return net.Node("Mul", [x, net.Node("Sigmoid", [net.Conv(squeezed, hidden, channels)])]);
    }

    private Value Shuffle(Value x, int channels)
    {
        var split = net.Reshape(x, 0, 2, channels / 2, 6, 6);
        return net.Reshape(net.Transpose(split, 0, 2, 1, 3, 4), Random.Next(2) == 0 ? 0 : -1, channels, 6, 6);
    }

    private Value ChannelsLast(Value x, int channels)
    {
        var last = net.Node("Mul", [net.Transpose(x, 0, 2, 3, 1), net.Scales(channels)]);
        var layer = net.MatMul(net.Node("Relu", [net.MatMul(last, channels, 8)]), 8, channels);
        return net.Transpose(Random.Next(2) == 0 ? layer : net.Node("Add", [last, layer]), 0, 3, 1, 2);
    }

    private Value Blocks(Value x, int channels)
    {
        var deep = net.Node("SpaceToDepth", [x], ("blocksize", 2L));
        return net.Node("DepthToSpace", [Random.Next(2) == 0 ? deep : net.Conv(deep, channels * 4, channels * 4)], ("blocksize", 2L), ("mode", Random.Next(2) == 0 ? "DCR" : "CRD"));
    }

    private void SharedWeight(Value x, int channels)
    {
        if (_weights.Find(weight => weight.From == channels) is not { Weight: { } weight, To: var made })
        {
            made = Random.Next(1, 5) * 2;
            weight = net.Weight(made, channels, 1, 1);
            _weights.Add((weight, channels, made));
        }

        Add((net.Node("Conv", [x, weight]), made));
    }

    private Value Resampled(Value x)
    {
        var larger = net.Node("Resize", [x, net.Graph.Initializer("roi", Tensor.Of(Array.Empty<float>(), 0)), net.Graph.Initializer("scales", Tensor.Of([1f, 1, 2, 2], 4))], ("mode", "nearest"));
        return net.Node("AveragePool", [larger], ("kernel_shape", new[] { 2L, 2 }), ("strides", new[] { 2L, 2 }));
    }

    private Value Permuted(Value x, int channels)
    {
        var order = Enumerable.Range(0, channels).Select(channel => (long)channel).ToArray();
        Random.Shuffle(order);
        return net.Node("Gather", [x, net.Longs(order)], ("axis", 1L));
    }

    private Value Stretched(Value x, int channels) => Random.Next(2) == 0
        ? net.Node("Add", [x, net.Node("Expand", [net.Node("GlobalMaxPool", [x]), net.Longs(1, channels, 6, 6)])])
        : net.Node("Sub", [x, net.Node("Tile", [net.Node("GlobalAveragePool", [x]), net.Longs(1, 1, 6, 6)])]);

    private Value GroupNorm(Value x, int channels)
    {
        var grouped = net.Reshape(x, 0, 2, -1);
        var normal = net.Node("InstanceNormalization", [grouped, net.Scales(2), net.Weight(1, [2])]);
        return net.Reshape(normal, 0, channels, 6, 6);
    }

    private Value ThroughFlat(Value x, int channels) => net.Reshape(net.Node("Tanh", [net.Node("Flatten", [x])]), -1, channels, 6, 6);

    private Value Stopped(Value x) => Random.Next(3) switch
    {
        0 => net.Softmax(x, 1),
        1 => net.Node("Mul", [x, net.Node("Sigmoid", [net.Mean(x, 1, keep: true)])]),
        _ => net.Node("LRN", [x], ("size", 3L)),
    };
}
