using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>
/// A Conv, ConvTranspose, Gemm or MatMul with constant float32 weights, seen as a layer whose output channels can be scaled and shifted
/// by changing its weights: y·s + t = layer with W·s along the output channels and bias B·s + t.
/// </summary>
internal sealed class LinearLayer
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;
    private readonly int _weightAxis;
    private readonly int _repeatsOfAxis;

    private LinearLayer(Node node, Tensor weight, Tensor? bias, int weightAxis, int groups)
    {
        Node = node;
        _weight = weight;
        _bias = bias;
        _weightAxis = weightAxis;
        _repeatsOfAxis = groups;
    }

    public Node Node { get; }

    /// <summary>Number of output channels.</summary>
    public int Channels => (int)_weight.Dims[_weightAxis] * _repeatsOfAxis;

    /// <summary>The rank of the output.</summary>
    public required int Rank { get; init; }

    /// <summary>The axis of the output that the channels lie on.</summary>
    public required int ChannelAxis { get; init; }

    /// <summary>The node that makes a value, where it is a layer that nothing but <paramref name="reader"/> reads; else null, and the reason is noted.</summary>
    public static LinearLayer? Before(Node reader, Value value, InferredTypes types, PassContext context)
    {
        if (value.Producer is not { Domain: "", OpType: "Conv" or "ConvTranspose" or "Gemm" or "MatMul" } node || node.Graph != reader.Graph)
            return null;
        var reason =
            node.Input(0) is null ? $"{node} has no input" :
            !value.IsUsedOnlyBy(reader) ? $"{node} has other readers" :
            node.Input(1) is not { Constant: { Type: ElementType.Float32 } weight } ? $"the weight of {node} is not constant float32" :
            !node.Input(1)!.IsUsedOnlyBy(node) ? $"the weight of {node} is shared" :
            node.Input(2) is { Constant: not { Type: ElementType.Float32 } } ? $"the bias of {node} is not constant float32" :
            null;
        var layer = reason is null ? Of(node, types) : null;
        if (layer is null)
            context.Decline(reader, reason ?? $"{node} has a form that is not folded into");
        return layer;
    }

    private static LinearLayer? Of(Node node, InferredTypes types)
    {
        var weight = node.Inputs[1]!.Constant!;
        var bias = node.Input(2)?.Constant;
        return node.OpType switch
        {
            "Conv" when weight.Rank >= 3 && FitsChannels(bias, weight.Dims[0]) =>
                new(node, weight, bias, 0, 1) { Rank = weight.Rank, ChannelAxis = 1 },
            "ConvTranspose" when weight.Rank >= 3 && (int)node.GetInt("group", 1) is > 0 and var groups && FitsChannels(bias, weight.Dims[1] * groups) =>
                new(node, weight, bias, 1, groups) { Rank = weight.Rank, ChannelAxis = 1 },
            "Gemm" when weight.Rank == 2 && node.Graph.Model.Opset >= 7 && ColumnAxis(node) is var axis && FitsColumns(bias, weight.Dims[axis]) =>
                new(node, weight, bias, axis, 1) { Rank = 2, ChannelAxis = 1 },
            "MatMul" when weight.Rank == 2 && types.ShapeOf(node.Inputs[0]!) is { Rank: >= 2 and var rank } =>
                new(node, weight, null, 1, 1) { Rank = rank, ChannelAxis = rank - 1 },
            _ => null,
        };
    }

    private static int ColumnAxis(Node gemm) => gemm.GetInt("transB", 0) != 0 ? 0 : 1;

    private static bool FitsChannels(Tensor? bias, long channels) => bias is null || (bias.Rank == 1 && bias.Count == channels);

    /// <summary>Gemm's C that is the same for each row: a scalar, [N] or [1, N].</summary>
    private static bool FitsColumns(Tensor? bias, long columns) =>
        bias is null || bias.Count == 1 || (bias.Count == columns && bias.Dims[^1] == columns);

    /// <summary>True where a shift can be folded too: a MatMul of more than two axes has no place for a bias.</summary>
    public bool TakesShift => !Node.Is("MatMul") || (Rank == 2 && Node.Graph.Model.Opset >= 7);

    /// <summary>Changes the layer to make <paramref name="follower"/>'s output, which is y·scale + shift for each channel, and removes the follower.</summary>
    public void Absorb(GraphEdit edit, Node follower, double[] scale, double[] shift)
    {
        var weight = edit.AddInitializer(Node.Inputs[1]!.Name, Scaled(scale));
        var bias = _bias is null && Array.TrueForAll(shift, value => value == 0) ? null : edit.AddInitializer(BiasName, Shifted(scale, shift));
        if (Node.Is("MatMul") && bias is not null)
        {
            var output = follower.Output;
            edit.Remove(follower);
            edit.Remove(Node);
            edit.AddNode("Gemm", [Node.Inputs[0], weight, bias], [output]);
            return;
        }

        edit.SetInput(Node, 1, weight);
        if (bias is not null)
            edit.SetInput(Node, 2, bias);
        if (Node.Attributes.ContainsKey("beta"))
            edit.SetAttribute(Node, "beta", 1f);
        edit.ReplaceUses(follower.Output, Node.Output);
        edit.Remove(follower);
    }

    private string BiasName => Node.Input(2)?.Name ?? $"{Node.Inputs[1]!.Name}/bias";

    /// <summary>The weight with each output channel scaled, computed in double.</summary>
    private Tensor Scaled(double[] scale)
    {
        var dims = _weight.Dims;
        var inner = 1L;
        foreach (var dim in dims[(_weightAxis + 1)..])
            inner *= dim;
        var alongAxis = (int)dims[_weightAxis];
        var perGroup = _weight.Count / _repeatsOfAxis;
        var source = _weight.Span<float>();
        var scaled = new float[source.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            var channel = (int)(i / inner % alongAxis) + (_repeatsOfAxis > 1 ? (int)(i / perGroup) * alongAxis : 0);
            scaled[i] = (float)(source[i] * scale[channel]);
        }

        return Tensor.Of(scaled, dims);
    }

    private Tensor Shifted(double[] scale, double[] shift)
    {
        var old = _bias is null ? default : _bias.Span<float>();
        var beta = Node.Is("Gemm") ? Node.GetFloat("beta", 1) : 1f;
        var shifted = new float[Channels];
        for (var channel = 0; channel < shifted.Length; channel++)
        {
            var before = old.Length == 0 ? 0.0 : (double)beta * old[old.Length == 1 ? 0 : channel];
            shifted[channel] = (float)((before * scale[channel]) + shift[channel]);
        }

        return Tensor.Of(shifted, shifted.Length);
    }
}
