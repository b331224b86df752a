using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>How many rows the inputs of matrix products have in a typical run: batch × positions.</summary>
/// <param name="model">The model.</param>
/// <param name="inputShapes">The shapes of its inputs in that run, by name; where they are not given, those that it declares.</param>
internal sealed class ProductRows(Model model, IReadOnlyDictionary<string, Shape> inputShapes)
{
    private readonly InferredTypes _types = ShapeInference.Run(
        model, model.Graph.Inputs.Where(input => inputShapes.ContainsKey(input.Name)).ToDictionary(input => input, input => inputShapes[input.Name]));

    /// <summary>The product of all axes of the input but the last; null where they are not known.</summary>
    public long? Of(SummedWeight product) =>
        _types.ShapeOf(product.Node.Inputs[0]!) is { Rank: > 1, ElementCount: { } count } ? count / product.Inputs : null;
}
