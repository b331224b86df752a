using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Normalizations: those with statistics of each channel lose channels with their parameters, those across channels lock them.</summary>
internal static class NormalizationRules
{
    public static IEnumerable<(string, ChannelRule)> Rules =>
    [
        ("BatchNormalization", BatchNormalization),
        ("InstanceNormalization", InstanceNormalization),
        ("LayerNormalization RMSNormalization", LayerNormalization),
        ("GroupNormalization", node => FromAxis(node, 1)),
        ("LRN", node => ReductionRules.Through(node, [1])),
        ("MeanVarianceNormalization", node => ReductionRules.Through(node, node.Node.GetInts("axes") ?? [0, 2, 3])),
    ];

    /// <summary>X [N, C, spatial…]; scale, bias, mean and variance [C].</summary>
    private static void BatchNormalization(NodeChannels node)
    {
        if (node.Input(0) is not { Rank: >= 2 } x || node.Node.GetInt("spatial", 1) == 0 || node.Node.Outputs.Skip(1).Any(output => output is { IsUsed: true }))
        {
            node.Refuse($"{node.Node} has a form that channels are not followed through");
            return;
        }

        JoinParameters(node, x, 4);
        node.Set(0, x);
    }

    /// <summary>X [N, C, spatial…]; scale and bias [C].</summary>
    private static void InstanceNormalization(NodeChannels node)
    {
        if (node.Input(0) is not { Rank: >= 3 } x)
        {
            node.Refuse($"{node.Node} reads a value of unknown shape");
            return;
        }

        JoinParameters(node, x, 2);
        ReductionRules.Through(node, [.. Enumerable.Range(2, x.Rank - 2).Select(axis => (long)axis)]);
    }

    private static void JoinParameters(NodeChannels node, ValueChannels x, int count)
    {
        for (var i = 1; i <= count; i++)
            node.Join(x[1], node.Input(i) is { Rank: 1 } parameter ? parameter[0] : null, $"the parameters of {node.Node} are not constants");
    }

    private static void LayerNormalization(NodeChannels node) => FromAxis(node, node.Node.GetInt("axis", -1));

    /// <summary>Statistics over all axes from one on.</summary>
    private static void FromAxis(NodeChannels node, long first)
    {
        if (node.Input(0) is not { } x || NodeInference.Axis(first, x.Rank) is not { } axis)
        {
            node.Refuse($"{node.Node} reads a value of unknown shape");
            return;
        }

        ReductionRules.Through(node, [.. Enumerable.Range(axis, x.Rank - axis).Select(i => (long)i)]);
    }
}
