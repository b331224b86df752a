using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A <see cref="WeightAxis"/> before units are numbered.</summary>
internal sealed record LayerAxis(Node Node, int Input, int Axis, Value Data, int DataAxis, int[] Ids);
