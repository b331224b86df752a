using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Channels of a layer that must stay.</summary>
/// <param name="Producer">The layer that makes them.</param>
/// <param name="Count">How many of its channels; null for all of a layer whose sizes may not even be known.</param>
/// <param name="Reason">A clause for people, such as <c>'y' is an output of the model</c>.</param>
internal sealed record LockedChannels(Node Producer, int? Count, string Reason);
