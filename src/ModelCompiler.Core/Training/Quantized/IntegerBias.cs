using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Quantized;

/// <summary>A bias in int32 behind a DequantizeLinear, in steps of s(x)·s(w) of its layer.</summary>
/// <param name="Node">The DequantizeLinear.</param>
internal sealed record IntegerBias(Node Node)
{
    /// <summary>Scales that are the product up to rounding.</summary>
    private const float Equal = 1e-6f;

    private Tensor Integers => Node.Inputs[0]!.Constant!;

    private Tensor Scale => Node.Inputs[1]!.Constant!;

    public static IReadOnlyList<IntegerBias> In(Graph graph) =>
    [
        .. graph.NodesOf("DequantizeLinear")
            .Where(node => node.Inputs[0]?.Constant is { Type: ElementType.Int32, Rank: <= 1 } && node.Input(1)?.Constant is { Type: ElementType.Float32 } && !node.Output.IsGraphOutput)
            .Where(node => node.Input(2) is not { } zero || (zero.Constant is { } stored && Array.TrueForAll(stored.ToFloats(), integer => integer == 0)))
            .Select(node => new IntegerBias(node)),
    ];

    /// <summary>q·s, in the arithmetic of the operator.</summary>
    public Tensor ToFloats()
    {
        var scales = Scale.ToFloats();
        return Tensor.Of([.. Integers.ToFloats().Select((integer, i) => integer * scales[scales.Length == 1 ? 0 : i])], Integers.Dims);
    }

    /// <summary>The scale that follows from those of the layer; the one of before where that did not follow from them.</summary>
    /// <param name="after">The new scale that a DequantizeLinear reads.</param>
    public Tensor ScaleAfter(Func<Node, Tensor> after)
    {
        if (Node.Output.Uses is not [{ Index: 2, Node: var layer }] || Dequantizer(layer, 0) is not { } x || Dequantizer(layer, 1) is not { } w
            || ProductOf(x.Inputs[1]!.Constant!, w.Inputs[1]!.Constant!) is not { } before || before.Zip(Scale.ToFloats()).Any(pair => Math.Abs(pair.First - pair.Second) > Equal * pair.Second))
            return Scale;
        return ProductOf(after(x), after(w)) is { } product && product.All(scale => scale is > 0 and < float.PositiveInfinity) ? Tensor.Of(product, Scale.Dims) : Scale;
    }

    public Tensor Rounded(Tensor numbers, Tensor scale)
    {
        var scales = scale.ToFloats();
        return Tensor.Of([.. numbers.ToFloats().Select((number, i) => (int)Math.Clamp(Math.Round(number / (double)scales[scales.Length == 1 ? 0 : i], MidpointRounding.ToEven), int.MinValue, int.MaxValue))], Integers.Dims);
    }

    private float[]? ProductOf(Tensor x, Tensor w) => x.Count == 1 && w.Count == Scale.Count ? Array.ConvertAll(w.ToFloats(), scale => scale * x.ToFloats()[0]) : null;

    private static Node? Dequantizer(Node layer, int input) => layer.Input(input)?.Producer is { } producer && producer.Is("DequantizeLinear") && producer.Inputs[1]?.Constant is not null ? producer : null;
}
