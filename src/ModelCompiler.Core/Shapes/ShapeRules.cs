using ModelCompiler.Graphs;
using ModelCompiler.Shapes.Rules;

namespace ModelCompiler.Shapes;

/// <summary>What a rule does: reads what is known of a node's inputs, says what is certain of its outputs.</summary>
internal delegate void ShapeRule(NodeInference node);

/// <summary>The one table from operator to shape rule, put together from the families.</summary>
internal static class ShapeRules
{
    private static readonly Dictionary<string, ShapeRule> Onnx = Join(
        Elementwise.Rules,
        Convolution.Rules,
        Pooling.Rules,
        MatrixProducts.Rules,
        Normalization.Rules,
        Layout.Rules,
        Joining.Rules,
        Selection.Rules,
        Resampling.Rules,
        Reduction.Rules,
        Generation.Rules,
        Recurrence.Rules,
        Quantization.Rules,
        ControlFlow.Rules);

    private static readonly Dictionary<string, ShapeRule> Microsoft = Join(MicrosoftOperators.Rules);

    /// <summary>The rule of a node's operator, or null for one that is not in the table or that the model defines itself.</summary>
    public static ShapeRule? Find(Node node)
    {
        if (node.Graph.Model.Functions.Any(function => function.Domain == node.Domain && function.Name == node.OpType))
            return null;
        return node.Domain switch
        {
            "" => Onnx.GetValueOrDefault(node.OpType),
            "com.microsoft" => Microsoft.GetValueOrDefault(node.OpType),
            _ => null,
        };
    }

    private static Dictionary<string, ShapeRule> Join(params IEnumerable<(string Operators, ShapeRule Rule)>[] families)
    {
        var table = new Dictionary<string, ShapeRule>(StringComparer.Ordinal);
        foreach (var (operators, rule) in families.SelectMany(family => family))
        {
            foreach (var op in operators.Split(' '))
                table.Add(op, rule);
        }

        return table;
    }
}
