using ModelCompiler.Contract;

namespace ModelCompiler.Graphs;

/// <summary>Builds a model from nothing, in order: for the small models that the compiler runs beside the real one, for exporters and for tests.</summary>
/// <example>
/// <code>
/// var builder = new GraphBuilder(opset: 17);
/// var x = builder.Input("x", ElementType.Float32, 1, 3, 8, 8);
/// builder.Output(builder.Node("Relu", [x]), "y");
/// using var model = builder.Model;
/// </code>
/// </example>
public sealed class GraphBuilder
{
    private readonly Graph _graph;

    /// <summary>A new model. IR version 8 is read by every ONNX Runtime since 1.11; later operator sets need a later one.</summary>
    public GraphBuilder(long opset, string name = "graph", long irVersion = 8)
    {
        Model = new Model(irVersion, name);
        Model.SetOpset("", opset);
        _graph = Model.Graph;
    }

    private GraphBuilder(Graph graph)
    {
        Model = graph.Model;
        _graph = graph;
    }

    public Model Model { get; }

    /// <summary>Goes on behind the last node of a model.</summary>
    internal static GraphBuilder Behind(Model model) => new(model.Graph);

    /// <summary>Declares another operator set, for example <c>com.microsoft</c> version 1.</summary>
    public GraphBuilder Opset(string domain, long version)
    {
        Model.SetOpset(domain, version);
        return this;
    }

    public Value Input(string name, ElementType type, params ReadOnlySpan<long> shape) => Input(name, new TensorType(type, Shape.Of(shape)));

    public Value Input(string name, OnnxType? type) => _graph.AddInput(Model.UniqueName(name), type);

    public Value Initializer(string name, Tensor tensor)
    {
        var value = new Value(_graph, Model.UniqueName(name), new TensorType(tensor.Type, Shape.Of(tensor.Dims)));
        _graph.AddInitializer(value, tensor);
        return value;
    }

    /// <summary>An initializer that is also listed as a graph input: from IR version 4 on, a default that a caller may override.</summary>
    public Value ListedInitializer(string name, Tensor tensor)
    {
        var value = Input(name, tensor.Type, tensor.Dims);
        _graph.AddInitializer(value, tensor);
        return value;
    }

    /// <summary>Adds a node with one output.</summary>
    public Value Node(string opType, IReadOnlyList<Value?> inputs, IReadOnlyDictionary<string, AttributeValue>? attributes = null, string domain = "") =>
        Nodes(opType, inputs, 1, attributes, domain)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public IReadOnlyList<Value> Nodes(
        string opType, IReadOnlyList<Value?> inputs, int outputs, IReadOnlyDictionary<string, AttributeValue>? attributes = null, string domain = "")
    {
        var node = new Node(_graph, opType, domain, "");
        for (var i = 0; i < inputs.Count; i++)
            node.SetInput(i, inputs[i]);
        foreach (var (name, value) in attributes ?? new Dictionary<string, AttributeValue>(StringComparer.Ordinal))
            node.SetAttribute(name, value);
        for (var i = 0; i < outputs; i++)
            node.AddOutput(new Value(_graph, Model.UniqueName(opType), null));
        _graph.AppendNode(node);
        return [.. node.Outputs.OfType<Value>()];
    }

    /// <summary>Makes a value an output of the graph, under a name of its own where one is given.</summary>
    public GraphBuilder Output(Value value, string? name = null, OnnxType? type = null)
    {
        if (name is not null)
            value.Name = Model.UniqueName(name);
        value.Type = type ?? value.Type;
        _graph.AddOutput(value);
        return this;
    }

    /// <summary>A graph nested in this one, for an attribute of If, Loop or Scan; it may read this graph's values.</summary>
    public Graph Nested(string name, Action<GraphBuilder> build)
    {
        var nested = new Graph(Model, _graph, name);
        build(new GraphBuilder(nested));
        return nested;
    }
}
