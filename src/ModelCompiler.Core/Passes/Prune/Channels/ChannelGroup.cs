namespace ModelCompiler.Passes;

/// <summary>Units that the same layers make, and that compete with each other: one of them is a set of channels that can only go together.</summary>
/// <param name="Id">Its place in <see cref="CoupledChannels.Groups"/>.</param>
/// <param name="Units">In ascending order.</param>
/// <param name="Producers">The layers that make the channels, in graph order.</param>
/// <param name="Consumers">The layers that sum over them, in graph order; one may belong to several groups, behind a Concat.</param>
internal sealed record ChannelGroup(int Id, IReadOnlyList<int> Units, IReadOnlyList<WeightAxis> Producers, IReadOnlyList<WeightAxis> Consumers);
