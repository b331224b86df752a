using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// A constant weight seen as sums: for each output channel, which of the layer's input channels each of its elements is multiplied by.
/// </summary>
/// <param name="Node">A Conv, or a Gemm or MatMul whose second input is the weight.</param>
/// <param name="Weight">[O, I/group, k…] of a Conv, else a matrix.</param>
internal sealed record SummedWeight(Node Node, Tensor Weight)
{
    private readonly WeightOrder _order = WeightOrder.Of(Node, Weight);

    /// <summary>The axis of the activations that holds the input channels.</summary>
    public int InputAxis => Node.Is("Conv") ? 1 : -1;

    /// <summary>Null for a use that is not that of such a weight.</summary>
    public static SummedWeight? Of(Use use)
    {
        var (node, index) = use;
        if (index != 1 || node.Domain.Length > 0 || node.Input(1)?.Constant is not { } weight || node.Input(0) is not { Constant: null })
            return null;
        return node.OpType switch
        {
            "Conv" when weight.Rank >= 3 => new(node, weight),
            "Gemm" when node.GetInt("transA", 0) == 0 && node.GetFloat("alpha", 1) == 1 && node.GetFloat("beta", 1) == 1 => new(node, weight),
            "MatMul" when weight.Rank == 2 => new(node, weight),
            _ => null,
        };
    }

    /// <summary>How many output channels there are.</summary>
    public int Outputs => _order.Outputs;

    /// <summary>How many input channels the activations have.</summary>
    public int Inputs => _order.Inputs;

    /// <summary>For each output channel: Σ element·factor of its input channel.</summary>
    public double[] Sum(ReadOnlySpan<float> elements, double[] factors)
    {
        var sums = new double[Outputs];
        for (var i = 0; i < elements.Length; i++)
        {
            var (output, input) = ChannelsOf(i);
            sums[output] += elements[i] * factors[input];
        }

        return sums;
    }

    /// <summary>The output channel that an element of the weight adds to, and the input channel that it is multiplied by.</summary>
    public (int Output, int Input) ChannelsOf(int element) => _order.ChannelsOf(element);
}
