using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Numbers of a node that depend on how many channels there are, such as the sizes of a Split.</summary>
/// <param name="Ids">The channels whose removal changes them.</param>
/// <param name="Apply">Writes them anew, from what they were at first and the channels that stay.</param>
internal sealed record ChannelRewrite(IReadOnlyList<int> Ids, Action<GraphEdit, KeptChannels> Apply);
