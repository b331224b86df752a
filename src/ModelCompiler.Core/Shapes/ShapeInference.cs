using System.Globalization;
using ModelCompiler.Contract;
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
        var inputs = model.Graph.Inputs.Where(input => input.Type is TensorType)
            .ToDictionary(input => input, input => inputShapes?.GetValueOrDefault(input) ?? input.Shape);
        var names = inputs.Values.OfType<Shape>().SelectMany(shape => shape).Select(size => size.Name).CountBy(name => name ?? "").ToDictionary();
        foreach (var (input, shape) in inputs)
            types.Set(input, input.TensorType! with { Shape = shape is null ? null : Distinguished(input, shape, names) });
        InferGraph(model.Graph, types);
        return types;
    }

    /// <summary>
    /// Gives each open axis a name of its own, unless it has one: exporters write the same name (<c>None</c>) on axes that need not be equal,
    /// and ONNX Runtime does not ask that they are.
    /// </summary>
    private static Shape Distinguished(Value input, Shape shape, Dictionary<string, int> names) => new(shape.Select((size, axis) =>
        size.IsFixed || (size.Name is { } name && names[name] == 1)
            ? size
            : Dimension.Named(string.Create(CultureInfo.InvariantCulture, $"{input.Name}[{axis}]"))));

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
