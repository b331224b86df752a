namespace ModelCompiler.Training.Gradients.Rules;

/// <summary>Operators that join tensors, or part them.</summary>
internal static class Joining
{
    public static IEnumerable<(string, GradientRule)> Rules =>
    [
        ("Concat", (GradientRule)Concat),
        ("Split", new GradientRule(Split) { Refusal = RefuseSplit }),
    ];

    /// <summary>Every operand's part of the gradient. Parts that nobody wants are not cut out.</summary>
    private static void Concat(GradientNode node)
    {
        var axis = NodeShapes.Axis(node.Node.GetInt("axis", 0), node.OutputDims().Length);
        var sizes = Enumerable.Range(0, node.Node.Inputs.Count).Select(input => node.Dims(input)[axis]).ToArray();
        if (Enumerable.Range(0, sizes.Length).All(node.Wants))
        {
            var parts = sizes.Length == 1 ? [node.Gradient] : node.Make.Nodes("Split", [node.Gradient, node.Make.Longs(sizes)], sizes.Length, ("axis", axis));
            for (var i = 0; i < sizes.Length; i++)
                node.Give(i, () => parts[i]);
            return;
        }

        long start = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            node.Give(i, () => node.Make.Slice(node.Gradient, [axis], [start], [start + sizes[i]]));
            start += sizes[i];
        }
    }

    private static string? RefuseSplit(NodeShapes node) => node.Node.Outputs.Contains(null) ? "one of its outputs has no name, and how large it is is not known" : null;

    /// <summary>The gradients of the outputs, one behind the other. Outputs on which the loss does not depend give zeros; the first and last ones as a Pad.</summary>
    private static void Split(GradientNode node) => node.Give(0, () =>
    {
        var axis = NodeShapes.Axis(node.Node.GetInt("axis", 0), node.Rank(0));
        var parts = Enumerable.Range(0, node.Node.Outputs.Count).Select(node.GradientOf).ToArray();
        var (first, last) = (Array.FindIndex(parts, part => part is not null), Array.FindLastIndex(parts, part => part is not null));
        var (begins, ends) = (new long[node.Rank(0)], new long[node.Rank(0)]);
        begins[axis] = Enumerable.Range(0, first).Sum(Size);
        ends[axis] = Enumerable.Range(last + 1, parts.Length - last - 1).Sum(Size);
        var joined = Enumerable.Range(first, last - first + 1).Select(output => parts[output] ?? node.Make.Zeros(node.OutputDims(output))).ToArray();
        return node.Make.Pad(node.Make.Concat(axis, joined), begins, ends);

        long Size(int output) => node.OutputDims(output)[axis];
    });
}
