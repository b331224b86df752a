using ModelCompiler.Graphs;
using ModelCompiler.Profiles;

namespace ModelCompiler.Passes;

/// <summary>
/// The operators that a target runs on integers. What an operator does with them is the same everywhere, and told by <see cref="IntegerOperators"/>;
/// which of them a target has is data of its profile.
/// </summary>
/// <param name="kernels">Those with kernels that compute.</param>
/// <param name="passThrough">Those that hand integers on.</param>
/// <param name="perTensor">Those whose weights have one scale even where others have one for each channel.</param>
public sealed class TargetOperators(IReadOnlySet<string> kernels, IReadOnlySet<string> passThrough, IReadOnlySet<string> perTensor)
{
    /// <summary>Which of them become integer.</summary>
    public QuantizationReach Reach { get; init; }

    public static TargetOperators Of(QuantizationFormat format) =>
        new(Set(format.IntegerOperators), Set(format.PassThroughOperators), Set(format.PerTensorOperators)) { Reach = format.Reach };

    /// <summary>What the target does with a node's integers.</summary>
    internal IntegerRole RoleOf(Node node)
    {
        var role = IntegerOperators.RoleOf(node);
        var has = kernels.Contains(node.OpType) || (role == IntegerRole.PassThrough && passThrough.Contains(node.OpType));
        return has ? role : IntegerRole.None;
    }

    /// <summary>Weights of grouped transposed convolutions hold their output channels in no single axis.</summary>
    internal bool MayBePerChannel(Node node) =>
        !perTensor.Contains(node.OpType) && !(node.Is("ConvTranspose") && node.GetInt("group", 1) > 1);

    private static HashSet<string> Set(IReadOnlyList<string> names) => names.ToHashSet(StringComparer.Ordinal);
}
