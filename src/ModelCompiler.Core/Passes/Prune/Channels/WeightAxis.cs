using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>One axis of a layer's weight along which channels lie: those that the layer makes, or those that it sums over.</summary>
/// <param name="Node">A Conv, ConvTranspose, Gemm or MatMul, or the Gather of a table.</param>
/// <param name="Input">Which input of the node is the weight.</param>
/// <param name="Axis">The axis of the weight.</param>
/// <param name="Data">The value whose channels they are: the output for channels that are made, an input for channels that are summed over.</param>
/// <param name="DataAxis">
/// The axis of <paramref name="Data"/>. It has as many places as the weight's axis, or in grouped convolutions that number for each group.
/// </param>
/// <param name="Units">The unit of each place along the weight's axis; −1 where it is locked.</param>
internal sealed record WeightAxis(Node Node, int Input, int Axis, Value Data, int DataAxis, IReadOnlyList<int> Units);
