using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes.Rules;

/// <summary>Nested graphs. Their values have been inferred before the node itself.</summary>
internal static class ControlFlow
{
    public static IEnumerable<(string, ShapeRule)> Rules =>
    [
        ("If", Branches),
        ("Loop", Loop),
        ("Scan", Scan),
    ];

    /// <summary>What both branches agree on.</summary>
    private static void Branches(NodeInference node)
    {
        if (Body(node, "then_branch") is not { } then || Body(node, "else_branch") is not { } otherwise)
            return;
        for (var i = 0; i < Math.Min(then.Outputs.Count, otherwise.Outputs.Count); i++)
        {
            if (node.TypeOf(then.Outputs[i]) is { } a && node.TypeOf(otherwise.Outputs[i]) is { } b && a.Element == b.Element)
                node.Set(i, a.Element, Agreed(a.Shape, b.Shape));
        }
    }

    private static Shape? Agreed(Shape? a, Shape? b) =>
        a is null || b is null || a.Rank != b.Rank ? null : new Shape(a.Zip(b, (x, y) => Dimensions.SurelyEqual(x, y) ? x : Dimension.Unknown));

    /// <summary>The body gives the condition first; shapes may change from iteration to iteration.</summary>
    private static void Loop(NodeInference node) => SetElements(node, 1);

    private static void Scan(NodeInference node) => SetElements(node, 0);

    private static void SetElements(NodeInference node, int skipped)
    {
        if (Body(node, "body") is not { } body)
            return;
        for (var i = skipped; i < body.Outputs.Count; i++)
            node.Set(i - skipped, node.TypeOf(body.Outputs[i])?.Element ?? ElementType.Undefined, null);
    }

    private static Graph? Body(NodeInference node, string attribute) =>
        (node.Node.Attributes.GetValueOrDefault(attribute) as AttributeValue.OfGraph)?.Value;
}
