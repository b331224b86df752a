using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A Conv, ConvTranspose, Gemm or MatMul seen as activations times a constant weight plus a constant bias.</summary>
/// <param name="Node">The node; input 0 carries the activations, input 1 the weight, input 2 the bias.</param>
/// <param name="Weight">float32.</param>
/// <param name="ChannelAxis">The axis of the weight along which its output channels lie.</param>
/// <param name="Bias">One number for each output channel, or null.</param>
internal sealed record WeightedNode(Node Node, Tensor Weight, int ChannelAxis, float[]? Bias)
{
    /// <summary>The reason why a node cannot be integer, or null where it can.</summary>
    public static string? ReasonToKeep(Node node, QuantizationScheme scheme, ExistingQuantization existing)
    {
        if (node.Inputs is not [{ Constant: null }, { } weight, ..])
            return "its first input is a constant";
        if (weight.IsOverridable || node.Input(2) is { IsOverridable: true })
            return "callers may override its weight";
        if (weight.Constant is not { } tensor)
            return ExistingWeight.ReasonToKeep(node, scheme, existing);
        return ReasonToKeepWeight(node, tensor) ?? ReasonToKeepBias(node, tensor);
    }

    public static WeightedNode Of(Node node)
    {
        var weight = node.Inputs[1]!.Constant!;
        var axis = AxisOf(node);
        return new(node, weight, axis, BiasOf(node, ChannelsOf(node, weight)));
    }

    private static string? ReasonToKeepWeight(Node node, Tensor weight)
    {
        if (weight.Type != ElementType.Float32)
            return "its weight is not float32";
        if (weight.Count is 0 or > int.MaxValue / sizeof(float))
            return weight.Count == 0 ? "its weight is empty" : "its weight is over 2 GB";
        if (!FiniteWeights.Are(weight))
            return "its weight holds NaN or infinity";
        return ReasonToKeepShape(node, weight);
    }

    /// <summary>For a weight of any type.</summary>
    public static string? ReasonToKeepShape(Node node, Tensor weight)
    {
        if (IsConvolution(node) ? weight.Rank < 3 : weight.Rank != 2)
            return "the rank of its weight has no integer kernel";
        return node.Is("Gemm") && (node.GetFloat("alpha", 1) != 1 || node.GetFloat("beta", 1) != 1) ? "its alpha or beta is not 1" : null;
    }

    /// <summary>For a weight of any type, and a bias that is float32 where it is constant.</summary>
    public static string? ReasonToKeepBias(Node node, Tensor weight)
    {
        if (node.Is("MatMul") || node.Input(2) is not { } bias)
            return null;
        if (bias.Constant is not { Type: ElementType.Float32 } tensor)
            return "its bias is computed";
        if (!FiniteWeights.Are(tensor))
            return "its bias holds NaN or infinity";
        var channels = ChannelsOf(node, weight);
        var isRow = tensor.Rank == 0 || tensor.Dims[^1] == tensor.Count;
        return isRow && (tensor.Count == channels || tensor.Count == 1) ? null : "its bias is not one number for each channel";
    }

    private static bool IsConvolution(Node node) => node.Is("Conv") || node.Is("ConvTranspose");

    /// <summary>Output channels: of a transposed convolution, the weight [I, O/group, k…] holds those of one group.</summary>
    private static int ChannelsOf(Node node, Tensor weight) =>
        (int)weight.Dims[AxisOf(node)] * (node.Is("ConvTranspose") ? (int)node.GetInt("group", 1) : 1);

    /// <summary>The axis of a layer's weight along which its output channels lie.</summary>
    public static int AxisOf(Node node) => node.OpType switch
    {
        "Conv" => 0,
        "Gemm" => node.GetInt("transB", 0) == 0 ? 1 : 0,
        _ => 1,
    };

    /// <summary>One number for each output channel; null where there is no constant bias.</summary>
    public static float[]? BiasOf(Node node, int channels)
    {
        if (node.Is("MatMul") || node.Input(2)?.Constant is not { } bias)
            return null;
        var values = bias.Span<float>();
        if (values.Length == channels)
            return values.ToArray();
        var repeated = new float[channels];
        Array.Fill(repeated, values[0]);
        return repeated;
    }
}
