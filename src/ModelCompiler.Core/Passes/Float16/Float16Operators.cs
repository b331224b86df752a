using System.Collections.Frozen;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The operators that compute in float16 as well as in float32: all their float inputs and outputs are of one type.</summary>
/// <remarks>
/// Not among them: what picks, sorts or counts (TopK, NonMaxSuppression, RoiAlign, Range, CumSum, Min, Max), Resize, whose scales are float32 by the
/// specification, comparisons, and sums of unknown length, which leave the range of float16.
/// </remarks>
internal static class Float16Operators
{
    private static readonly FrozenSet<string> Types = """
        Conv ConvTranspose Gemm MatMul LSTM GRU RNN
        Add Sub Mul Div Pow Neg Abs Exp Log Sqrt Reciprocal Erf Sin Cos Floor Ceil Round
        Relu LeakyRelu PRelu Elu Selu Sigmoid HardSigmoid HardSwish Tanh Softplus Softsign Gelu Mish Clip Softmax LogSoftmax
        BatchNormalization InstanceNormalization GroupNormalization LayerNormalization LRN
        MaxPool AveragePool GlobalAveragePool GlobalMaxPool ReduceMean ReduceMax ReduceMin
        Concat Split Slice Reshape Flatten Squeeze Unsqueeze Transpose Expand Tile Pad Gather GatherElements GatherND DepthToSpace SpaceToDepth Identity Where
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(Node node) => node.Domain.Length == 0 && Types.Contains(node.OpType) && !HasOtherFloatOutputs(node);

    /// <summary>Means and deviations beside the result are float32 whatever the result is.</summary>
    private static bool HasOtherFloatOutputs(Node node) => node.OpType is "LayerNormalization" or "BatchNormalization" && node.Outputs.Count > 1;
}
