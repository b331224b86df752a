using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Training.Gradients;

/// <summary>A node and the sizes of what it reads and makes, all of which are known when a graph is differentiated.</summary>
internal class NodeShapes(Node node, InferredTypes types)
{
    public Node Node => node;

    public long Opset => node.Graph.Model.Opset;

    public bool Has(int input) => node.Input(input) is not null;

    /// <summary>The sizes of an input that is there.</summary>
    public long[] Dims(int input) => DimsOf(node.Input(input)!);

    /// <summary>The sizes of an output that is there.</summary>
    public long[] OutputDims(int output = 0) => DimsOf(node.Outputs[output]!);

    public int Rank(int input) => Dims(input).Length;

    /// <summary>True for float32, the one type that gradients have.</summary>
    public bool IsFloat(int input) => node.Input(input) is { } value && types.ElementOf(value) == ElementType.Float32;

    /// <summary>An input that always has the same elements; null where it has not, or is left out.</summary>
    public Tensor? Constant(int input) => node.Input(input)?.Constant;

    /// <summary>
    /// Integers that older operator sets give as an attribute and newer ones as a constant input; null where they are left out, or not constant.
    /// </summary>
    public long[]? Longs(string attribute, int input) => node.GetInts(attribute) is { } given ? [.. given] : Constant(input)?.ToLongs();

    /// <summary>An axis counted from the front.</summary>
    public static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    /// <summary>Axes counted from the front, ascending.</summary>
    public static int[] Axes(IEnumerable<long> axes, int rank) => [.. axes.Select(axis => Axis(axis, rank)).Order()];

    private long[] DimsOf(Value value) => types.ShapeOf(value)?.Sizes ?? throw new InvalidOperationException($"The shape of '{value.Name}' is not known.");
}
