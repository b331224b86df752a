using ModelCompiler.Graphs;

namespace ModelCompiler.Shapes;

/// <summary>
/// Infers the types of all values from the graph's inputs, weights and operators. Declared types of inner values are not trusted, since
/// ONNX Runtime does not enforce them; the shapes of graph inputs are. A wrong shape is worse than none: a rule that is not sure says nothing.
/// </summary>
public static class ShapeInference
{
    /// <summary>Integer tensors up to this many elements have their contents followed.</summary>
    internal const int MaxContents = 256;

    /// <param name="model">The model, nested graphs included.</param>
    /// <param name="inputShapes">Shapes that the model's inputs are given in place of the declared ones.</param>
    public static InferredTypes Run(Model model, IReadOnlyDictionary<Value, Shape>? inputShapes = null)
    {
        var types = new InferredTypes();
        foreach (var input in model.Graph.Inputs)
        {
            if (input.TensorType is { } declared)
                types.Set(input, declared with { Shape = inputShapes?.GetValueOrDefault(input) ?? declared.Shape });
        }

        InferGraph(model.Graph, types);
        return types;
    }

    private static void InferGraph(Graph graph, InferredTypes types)
    {
        foreach (var initializer in graph.Initializers)
            InferInitializer(initializer, types);
        foreach (var node in graph.Nodes)
        {
            foreach (var nested in node.Subgraphs)
                InferNested(nested, types);
            InferNode(node, types);
        }
    }

    /// <summary>What enters a nested graph may have another shape at each iteration: only its element type is certain.</summary>
    private static void InferNested(Graph graph, InferredTypes types)
    {
        foreach (var input in graph.Inputs)
        {
            if (input.TensorType is { } declared)
                types.Set(input, declared with { Shape = null });
        }

        InferGraph(graph, types);
    }

    private static void InferInitializer(Value value, InferredTypes types)
    {
        var tensor = value.Initializer!;
        if (value.IsOverridable)
            return;
        types.Set(value, new TensorType(tensor.Type, Shape.Of(tensor.Dims)));
        if (ContentRules.OfTensor(tensor) is { } contents)
            types.SetContents(value, contents);
    }

    private static void InferNode(Node node, InferredTypes types)
    {
        var inference = new NodeInference(node, types);
        if (ShapeRules.Find(node) is not { } rule)
            return;
        rule(inference);
        if (ContentRules.Evaluate(inference) is { } contents)
            types.SetContents(node.Output, contents);
    }
}
