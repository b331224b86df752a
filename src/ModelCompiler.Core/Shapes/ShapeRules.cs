using ModelCompiler.Graphs;
using ModelCompiler.Shapes.Rules;

namespace ModelCompiler.Shapes;

/// <summary>What a rule does: reads what is known of a node's inputs, says what is certain of its outputs.</summary>
internal delegate void ShapeRule(NodeInference node);

/// <summary>The one table from operator to shape rule, put together from the families.</summary>
internal static class ShapeRules
{
    private static readonly OperatorTable<ShapeRule> Table = new(
    [
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
        ControlFlow.Rules,
    ],
    MicrosoftOperators.Rules);

    /// <summary>The rule of a node's operator, or null for one that is not in the table or that the model defines itself.</summary>
    public static ShapeRule? Find(Node node) => Table.Find(node);
}
