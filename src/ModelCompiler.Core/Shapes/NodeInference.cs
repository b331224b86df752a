using System.Diagnostics.CodeAnalysis;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes;

/// <summary>One node as a shape rule sees it: what is known of its inputs, and where the rule puts what it knows of the outputs.</summary>
internal sealed class NodeInference(Node node, InferredTypes types)
{
    public Node Node => node;

    public long Opset => node.Graph.Model.Opset;

    public bool Has(int input) => node.Input(input) is not null;

    public ElementType Element(int input) => node.Input(input) is { } value ? types.ElementOf(value) : ElementType.Undefined;

    public Shape? Shape(int input) => node.Input(input) is { } value ? types.ShapeOf(value) : null;

    public Tensor? Constant(int input) => node.Input(input)?.Constant;

    public IReadOnlyList<Dimension>? Contents(int input) => node.Input(input) is { } value ? types.ContentsOf(value) : null;

    /// <summary>The contents of an integer input where every element is a known number.</summary>
    public long[]? Longs(int input) =>
        Contents(input) is { } contents && contents.All(element => element.IsFixed) ? [.. contents.Select(element => element.Size!.Value)] : null;

    public TensorType? TypeOf(Value value) => types.TypeOf(value);

    /// <summary>
    /// Integers that older operator sets give as an attribute and newer ones as an input. False where they are given but not known;
    /// true with null where they are left out.
    /// </summary>
    public bool TryLongs(string attribute, int input, out IReadOnlyList<long>? values)
    {
        values = node.GetInts(attribute);
        if (values is not null || !Has(input))
            return true;
        values = Longs(input);
        return values is not null;
    }

    /// <summary>An axis counted from the front, or null where it lies outside the rank.</summary>
    public static int? Axis(long axis, int rank) => axis < -rank || axis >= rank ? null : (int)(axis < 0 ? axis + rank : axis);

    /// <summary>Axes counted from the front, sorted; false where one lies outside the rank or comes twice.</summary>
    public static bool TryAxes(IReadOnlyList<long> given, int rank, [NotNullWhen(true)] out int[]? axes)
    {
        var found = given.Select(axis => Axis(axis, rank)).OfType<int>().Distinct().Order().ToArray();
        axes = found.Length == given.Count ? found : null;
        return axes is not null;
    }

    public void Set(int output, ElementType element, Shape? shape)
    {
        if (output < node.Outputs.Count && node.Outputs[output] is { } value && (element != ElementType.Undefined || shape is not null))
            types.Set(value, new TensorType(element, shape));
    }

    public void Set(int output, ElementType element, IEnumerable<Dimension> dimensions) => Set(output, element, new Shape(dimensions));

    /// <summary>Nothing is known of the shape but its rank.</summary>
    public void SetRank(int output, ElementType element, int rank) => Set(output, element, Enumerable.Repeat(Dimension.Unknown, rank));
}
