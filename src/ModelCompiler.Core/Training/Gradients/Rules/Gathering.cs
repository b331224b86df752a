using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that pick elements by index, or replace them.</summary>
internal static class Gathering
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Gather", (GradientRule)Gather),
        ("GatherElements", (GradientRule)GatherElements),
        ("GatherND", new GradientRule(GatherND) { Refusal = node => node.Node.GetInt("batch_dims", 0) == 0 ? null : "there is no gradient rule for its batch_dims" }),
        ("ScatterElements", new GradientRule(node => Scatter(node, "GatherElements")) { Refusal = RefuseReduction }),
        ("ScatterND", new GradientRule(node => Scatter(node, "GatherND")) { Refusal = RefuseReduction }),
    ];

    /// <summary>y[…, i, …] = x[…, index[i], …]: the gradients of all places go to the element that they show. The axes of the index are one while that is done.</summary>
    private static void Gather(GradientNode node) => node.Give(0, () =>
    {
        var dims = node.Dims(0);
        var axis = NodeShapes.Axis(node.Node.GetInt("axis", 0), dims.Length);
        var count = node.Dims(1).Aggregate(1L, (product, size) => product * size);
        long[] picked = [.. dims[..axis], count, .. dims[(axis + 1)..]];
        var gradient = node.Dims(1).Length == 1 ? node.Gradient : node.Make.Reshape(node.Gradient, picked);
        return node.Constant(1)?.ToLongs() is { } indices
            ? AxisPicks.Gradient(node.Make, gradient, picked, axis, Array.ConvertAll(indices, index => index < 0 ? index + dims[axis] : index), dims[axis])
            : AxisPicks.Scatter(node.Make, gradient, picked, axis, node.Make.Reshape(Int64(node), count, 1), dims[axis]);
    });

    private static Value Int64(GradientNode node) => node.Make.Node("Cast", [node.Input(1)], ("to", (long)ElementType.Int64));

    /// <summary>y[i] = x[index[i] along an axis]: each gradient is added to the element that it shows.</summary>
    private static void GatherElements(GradientNode node) => node.Give(0, () =>
        node.Make.Node("ScatterElements", [node.Make.Zeros(node.Dims(0)), node.Input(1), node.Gradient], ("axis", node.Node.GetInt("axis", 0)), ("reduction", "add")));

    /// <summary>y[i] = x[index[i]], an index for each of the first axes: each gradient is added to the slice that it shows.</summary>
    private static void GatherND(GradientNode node) => node.Give(0, () =>
        node.Make.Node("ScatterND", [node.Make.Zeros(node.Dims(0)), node.Input(1), node.Gradient], ("reduction", "add")));

    /// <summary>y = x, with updates at the index in place of its elements (or added to them): x has the gradient 0 where it was replaced, updates that of their place.</summary>
    private static void Scatter(GradientNode node, string gather)
    {
        (string, AttributeValue)[] axis = gather == "GatherElements" ? [("axis", node.Node.GetInt("axis", 0))] : [];
        node.Give(0, () => node.Node.GetString("reduction", "none") == "add" ? node.Gradient
            : node.Make.Node(node.Node.OpType, [node.Gradient, node.Input(1), node.Make.Zeros(node.Dims(2))], axis));
        node.Give(2, () => node.Make.Node(gather, [node.Gradient, node.Input(1)], axis));
    }

    private static string? RefuseReduction(NodeShapes node) =>
        node.Node.GetString("reduction", "none") is var reduction && reduction is "none" or "add" ? null : $"there is no gradient rule for its reduction {reduction}";
}
