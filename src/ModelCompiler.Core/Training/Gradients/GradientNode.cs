using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Training.Gradients;

/// <summary>One node of a graph that is differentiated, as a rule sees it: the gradients of its outputs, and where those of its inputs go.</summary>
/// <param name="node">It reads what the forward pass makes; a rule may read that too.</param>
/// <param name="types">Of all values of the forward pass.</param>
/// <param name="wanted">The values whose gradients are needed.</param>
/// <param name="gradients">Of the values so far.</param>
/// <param name="writer">Adds operators behind the forward pass.</param>
internal sealed class GradientNode(Node node, InferredTypes types, IReadOnlySet<Value> wanted, GradientSums gradients, GradientWriter writer) : NodeShapes(node, types)
{
    /// <summary>Writes operators.</summary>
    public GradientWriter Make => writer;

    /// <summary>What the forward pass made.</summary>
    public Value Output => Node.Output;

    /// <summary>What the forward pass read.</summary>
    public Value Input(int input) => Node.Inputs[input]!;

    /// <summary>The gradient of the only output that is differentiated; rules are asked only where there is one.</summary>
    public Value Gradient => GradientOf(0) ?? throw new InvalidOperationException($"The first output of {Node} has no gradient.");

    /// <summary>The gradient of an output, of its shape; null where the loss does not depend on it.</summary>
    public Value? GradientOf(int output) => output < Node.Outputs.Count && Node.Outputs[output] is { } value ? gradients.Of(value, writer) : null;

    /// <summary>A further output of the forward operator, which is made where nobody had asked for it.</summary>
    public Value OutputOrNew(int output)
    {
        if (output >= Node.Outputs.Count || Node.Outputs[output] is null)
            Node.SetOutput(output, new Value(Node.Graph, Node.Graph.Model.UniqueName(Node.OpType), null));
        return Node.Outputs[output]!;
    }

    /// <summary>Whether the gradient of an input is needed.</summary>
    public bool Wants(int input) => Node.Input(input) is { } value && wanted.Contains(value);

    /// <summary>Adds to the gradient of an input, where it is needed. It must have the input's shape.</summary>
    public void Give(int input, Func<Value> gradient)
    {
        if (Wants(input))
            gradients.Add(Node.Inputs[input]!, gradient());
    }
}
