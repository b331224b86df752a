using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Prune;

/// <summary>Random transformer blocks on sequences [N, 36, D].</summary>
internal sealed class RandomTokens(NetworkBuilder net, int width)
{
    private const int Places = 36;

    private Random Random => net.Random;

    public Value Block(Value x) => Random.Next(5) switch
    {
        0 => Residual(x, MixPlaces(x)),
        1 or 2 => Residual(x, Attention(x)),
        3 => Residual(x, SingleHead(x)),
        _ => Residual(x, Mlp(x)),
    };

    /// <summary>A normalization on the way locks the width of the sequence, not what is inside of the blocks.</summary>
    private Value Residual(Value x, Value made)
    {
        var sum = net.Node("Add", [x, made]);
        if (Random.Next(3) > 0)
            return sum;
        var centred = net.Node("Sub", [sum, net.Mean(sum, -1, keep: true)]);
        var variance = net.Mean(net.Node("Mul", [centred, centred]), -1, keep: true);
        return net.Node("Mul", [net.Node("Div", [centred, net.Node("Sqrt", [net.Node("Add", [variance, net.Number(0.01f)])])]), net.Scales(width)]);
    }

    private Value Mlp(Value x)
    {
        var hidden = net.Node("Add", [net.MatMul(x, width, 12), net.Weight(1, [12L])]);
        var gelu = net.Node("Mul", [hidden, net.Node("Add", [net.Node("Erf", [hidden]), net.Number(1)])]);
        return net.MatMul(gelu, 12, width);
    }

    private Value MixPlaces(Value x)
    {
        var mixed = net.MatMul(net.Node("Relu", [net.MatMul(net.Transpose(x, 0, 2, 1), Places, 10)]), 10, Places);
        return net.Transpose(mixed, 0, 2, 1);
    }

    private Value SingleHead(Value x)
    {
        var scores = net.Node("MatMul", [net.MatMul(x, width, 6), net.Transpose(net.MatMul(x, width, 6), 0, 2, 1)]);
        return net.MatMul(net.Node("MatMul", [net.Softmax(scores, 2), net.MatMul(x, width, 10)]), 10, width);
    }

    private Value Attention(Value x)
    {
        const int Heads = 4;
        const int Width = 3;
        var (q, k, v) = Random.Next(3) switch
        {
            0 => (Heads3(net.MatMul(x, width, 12)), Heads3(net.MatMul(x, width, 12)), Heads3(net.MatMul(x, width, 12))),
            1 => net.Split(net.MatMul(x, width, 36), 2, 12, 12, 12) is [var a, var b, var c] ? (Heads3(a), Heads3(b), Heads3(c)) : default,
            _ => Packed(net.MatMul(x, width, 36)),
        };
        var scores = net.Node("Mul", [net.Node("MatMul", [q, net.Transpose(k, 0, 1, 3, 2)]), net.Number(0.6f)]);
        var read = net.Node("MatMul", [net.Softmax(scores, 3), v]);
        return net.MatMul(net.Reshape(net.Transpose(read, 0, 2, 1, 3), 0, Random.Next(2) == 0 ? 0 : -1, Heads * Width), Heads * Width, width);

        Value Heads3(Value all) => net.Transpose(net.Reshape(all, 0, 0, Heads, Random.Next(2) == 0 ? -1 : Width), 0, 2, 1, 3);

        (Value, Value, Value) Packed(Value all)
        {
            var packed = net.Transpose(net.Reshape(all, 0, Places, 3, Heads, Width), 2, 0, 3, 1, 4);
            return (Pick(packed, 0), Pick(packed, 1), Pick(packed, 2));
        }
    }

    private Value Pick(Value packed, long index) => net.Node("Gather", [packed, net.Graph.Initializer("index", Tensor.Scalar(index).Reshape())], ("axis", 0L));
}
