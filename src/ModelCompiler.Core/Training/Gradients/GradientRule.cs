namespace ModelCompiler.Training.Gradients;

/// <summary>How the gradients of an operator's inputs follow from those of its outputs.</summary>
/// <param name="Differentiate">Writes operators that make the gradient of each wanted input, and gives it to the node.</param>
internal sealed record GradientRule(Action<GradientNode> Differentiate)
{
    /// <summary>
    /// Why the rule does not hold for a node, for people, continuing "since …"; null where it does. Asked before anything is written: what lies in front of a
    /// node that has no rule is left as it is.
    /// </summary>
    public Func<NodeShapes, string?> Refusal { get; init; } = _ => null;

    public static implicit operator GradientRule(Action<GradientNode> differentiate) => new(differentiate);

    /// <summary>Why no gradient passes through a node, for people, continuing "since …"; null where one does.</summary>
    public static string? RefusalOf(NodeShapes shapes) => GradientRules.Find(shapes.Node) is { } rule
        ? rule.Refusal(shapes)
        : $"there is no gradient rule for {shapes.Node.OpType}";
}
