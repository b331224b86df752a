using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Which inputs of which operators are weights, and along which axis their output channels lie.</summary>
internal static class WeightOperands
{
    /// <summary>The channel axis where this use is that of a weight of rank 2 or more (even one that callers may override), else null.</summary>
    public static int? ChannelAxis(Use use)
    {
        var (node, index) = use;
        var weight = node.Input(index) is { } value ? value.Initializer ?? value.Constant : null;
        if (node.Domain.Length > 0 || weight is not { Rank: >= 2 and var rank })
            return null;
        return (node.OpType, index) switch
        {
            ("Conv", 1) => 0,
            ("ConvTranspose", 1) => 1,
            ("Gemm", 1) => node.GetInt("transB", 0) == 0 ? 1 : 0,
            ("MatMul", 1) => rank - 1,
            ("MatMul", 0) => rank - 2,
            ("Gather", 0) => 0,
            ("LSTM" or "GRU" or "RNN", 1 or 2) => 1,
            _ => null,
        };
    }
}
