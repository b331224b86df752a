using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The axes whose sizes are factors of a layer's multiply-accumulates.</summary>
internal sealed record LayerWork(Node Node, IReadOnlyList<int[]> Axes);
