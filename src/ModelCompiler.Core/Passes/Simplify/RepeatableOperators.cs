using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Which nodes give the same outputs whenever they get the same inputs, so that they may be computed once, or now.</summary>
internal static class RepeatableOperators
{
    private static readonly HashSet<string> Random = new(StringComparer.Ordinal)
    {
        "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli",
    };

    /// <summary>
    /// True for operators that are known not to draw random numbers and to hold no state. Control flow, functions that the model defines
    /// and operators of unknown domains count as not repeatable: nothing is known of what is inside.
    /// </summary>
    public static bool Include(Node node)
    {
        if (node.Subgraphs.Any() || IsModelFunction(node))
            return false;
        return node.Domain switch
        {
            "" => !Random.Contains(node.OpType) && !MayDrop(node),
            "ai.onnx.ml" => true,
            "com.microsoft" => ShapeRules.Find(node) is not null,
            _ => false,
        };
    }

    /// <summary>From opset 12 on Dropout drops when its third input says so; before opset 7 when is_test is not set.</summary>
    public static bool MayDrop(Node node)
    {
        if (!node.Is("Dropout"))
            return false;
        if (node.Graph.Model.Opset < 7)
            return node.GetInt("is_test", 0) == 0;
        return node.Input(2) is { } training && (training.Constant is not { Count: 1 } constant || constant.Span<bool>()[0]);
    }

    public static bool IsModelFunction(Node node) =>
        node.Graph.Model.Functions.Any(function => function.Domain == node.Domain && function.Name == node.OpType);
}
