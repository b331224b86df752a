using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>A node whose output channels can each be divided by a scale, because constants of its own make them.</summary>
/// <param name="Node">The node.</param>
/// <param name="Made">The channels of its output.</param>
/// <param name="Parameters">What is to be divided.</param>
internal sealed record ScalableLayer(Node Node, ChannelAxis Made, IReadOnlyList<ChannelParameter> Parameters)
{
    /// <summary>The weight that can take up scales of what the node reads; null where it has none.</summary>
    public SummedWeight? Reader { get; private init; }

    /// <summary>Null for any other node, and for one whose weight is shared, not constant or not finite.</summary>
    public static ScalableLayer? Of(Node node, InferredTypes types) => node.Domain.Length > 0 ? null : node.OpType switch
    {
        "Conv" or "Gemm" or "MatMul" => OfProduct(node, types),
        "ConvTranspose" => OfConvTranspose(node),
        "LayerNormalization" => OfNormalization(node, types),
        "Mul" => OfScaling(node, types),
        _ => null,
    };

    private static ScalableLayer? OfProduct(Node node, InferredTypes types)
    {
        if (!HasOwnWeight(node) || SummedWeight.Of(new Use(node, 1)) is not { } layer)
            return null;
        if (node.Is("Conv"))
            return WithBias(new(node, new(layer.Weight.Rank, 1, layer.Outputs), [new(node, 1, 0)]) { Reader = layer });
        var rank = node.Is("Gemm") ? 2 : types.ShapeOf(node.Inputs[0]!)?.Rank ?? 0;
        var weight = new ChannelParameter(node, 1, node.GetInt("transB", 0) != 0 ? 0 : 1);
        return rank < 2 ? null : WithBias(new(node, new(rank, rank - 1, layer.Outputs), [weight]) { Reader = layer });
    }

    private static ScalableLayer? OfConvTranspose(Node node) =>
        HasOwnWeight(node) && node.Inputs[1]!.Constant is { Rank: >= 3 } weight && node.GetInt("group", 1) == 1
            ? WithBias(new(node, new(weight.Rank, 1, (int)weight.Dims[1]), [new(node, 1, 1)]))
            : null;

    /// <summary>A normalization over the last axis, which ends in a product with one number for each channel.</summary>
    private static ScalableLayer? OfNormalization(Node node, InferredTypes types)
    {
        if (types.ShapeOf(node.Inputs[0]!) is not { Rank: >= 1 and var rank } || node.Input(1)?.Constant is not { Rank: 1 } scale)
            return null;
        var axis = node.GetInt("axis", -1);
        if ((axis != -1 && axis != rank - 1) || node.Outputs.Skip(1).Any(output => output is not null))
            return null;
        var made = new ChannelAxis(rank, rank - 1, (int)scale.Count);
        ChannelParameter?[] parameters = [ChannelParameter.Broadcast(node, 1, made), .. node.Input(2) is null ? Array.Empty<ChannelParameter?>() : [ChannelParameter.Broadcast(node, 2, made)]];
        return parameters.Contains(null) ? null : new(node, made, [.. parameters.OfType<ChannelParameter>()]);
    }

    /// <summary>The product with a constant of one number for each channel, such as the end of a normalization that was written out.</summary>
    private static ScalableLayer? OfScaling(Node node, InferredTypes types)
    {
        var constant = node.Input(0)?.Constant is null ? 1 : 0;
        if (node.Input(constant)?.Constant is not { Type: ElementType.Float32, Count: > 1 } tensor || node.Input(1 - constant) is not { Constant: null } scaled)
            return null;
        var own = tensor.Dims.IndexOf(tensor.Count);
        if (own < 0 || types.ShapeOf(scaled) is not { } shape)
            return null;
        var axis = own + shape.Rank - tensor.Rank;
        return axis >= 0 && tensor.Rank <= shape.Rank && shape[axis].Size == tensor.Count ? new(node, new(shape.Rank, axis, (int)tensor.Count), [new(node, constant, own)]) : null;
    }

    /// <summary>Null where the bias is computed, or is not one number for each channel.</summary>
    private static ScalableLayer? WithBias(ScalableLayer layer)
    {
        if (layer.Node.Input(2) is null)
            return layer;
        var lies = layer.Node.Is("Gemm") ? layer.Made : new ChannelAxis(1, 0, layer.Made.Count);
        return ChannelParameter.Broadcast(layer.Node, 2, lies) is { } bias ? layer with { Parameters = [.. layer.Parameters, bias] } : null;
    }

    private static bool HasOwnWeight(Node node) =>
        node.Input(0) is { Constant: null } && node.Input(1) is { Uses.Count: 1, IsGraphOutput: false, Constant: { Type: ElementType.Float32 } tensor } && FiniteWeights.Are(tensor);
}
