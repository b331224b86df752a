using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>What a rule does: says how the channels of a node's inputs become those of its outputs, and which go together.</summary>
/// <remarks>
/// What must hold: the places of an output that stay depend only on places of the inputs that stay, except where the operator is a sum over channels,
/// in which a channel that goes counts as 0.
/// </remarks>
internal delegate void ChannelRule(NodeChannels node);

/// <summary>The one table from operator to channel rule, put together from the families. What is not in it stops channels.</summary>
internal static class ChannelRules
{
    private static readonly OperatorTable<ChannelRule> Table = new(
    [
        LayerRules.Rules,
        ElementwiseRules.Rules,
        ReductionRules.Rules,
        NormalizationRules.Rules,
        PoolingRules.Rules,
        ReshapeRules.Rules,
        LayoutRules.Rules,
        JoiningRules.Rules,
        SelectionRules.Rules,
        ResamplingRules.Rules,
    ],
    [("Gelu QuickGelu", ElementwiseRules.Same)]);

    /// <summary>The rule of a node's operator; null for one that is not in the table or that the model defines itself.</summary>
    public static ChannelRule? Find(Node node) => Table.Find(node);
}
