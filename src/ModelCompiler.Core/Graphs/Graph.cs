namespace ModelCompiler.Graphs;

/// <summary>
/// A graph of operators: the model's own, or one nested in an attribute. Nodes are always seen in topological order.
/// It is changed through a <see cref="GraphEdit"/> and built by a <see cref="GraphBuilder"/>.
/// </summary>
public sealed class Graph
{
    private readonly List<Value> _inputs = [];
    private readonly List<Value> _outputs = [];
    private readonly List<Value> _initializers = [];
    private List<Node> _nodes = [];
    private bool _orderUnknown;
    private bool _holdsRemoved;

    internal Graph(Model model, Graph? parent, string name)
    {
        Model = model;
        Parent = parent;
        Name = name;
    }

    public Model Model { get; }

    /// <summary>The enclosing graph of a nested one.</summary>
    public Graph? Parent { get; }

    public string Name { get; }

    /// <summary>All listed inputs, initializers that are listed as inputs included.</summary>
    public IReadOnlyList<Value> Inputs => _inputs;

    /// <summary>The inputs that a caller must give.</summary>
    public IEnumerable<Value> RequiredInputs => _inputs.Where(input => input.Initializer is null);

    public IReadOnlyList<Value> Outputs => _outputs;

    public IReadOnlyList<Value> Initializers => _initializers;

    internal object? Record { get; set; }

    /// <summary>All nodes, each after the nodes whose values it reads.</summary>
    public IReadOnlyList<Node> Nodes
    {
        get
        {
            if (_holdsRemoved)
            {
                _nodes.RemoveAll(node => node.IsRemoved);
                _holdsRemoved = false;
            }

            if (_orderUnknown)
            {
                _nodes = TopologicalOrder.Of(_nodes, this);
                _orderUnknown = false;
            }

            return _nodes;
        }
    }

    /// <summary>A snapshot of the nodes of one or more operator types: safe to edit while walking it.</summary>
    public IReadOnlyList<Node> NodesOf(params ReadOnlySpan<string> opTypes)
    {
        var found = new List<Node>();
        foreach (var node in Nodes)
        {
            if (node.Domain.Length == 0 && opTypes.Contains(node.OpType))
                found.Add(node);
        }

        return found;
    }

    /// <summary>Values of enclosing graphs that are read in here or deeper.</summary>
    public IEnumerable<Value> Captures =>
        Nodes.SelectMany(node => node.Inputs.OfType<Value>().Concat(node.Subgraphs.SelectMany(inner => inner.Captures)))
            .Concat(_outputs)
            .Where(value => value.Graph != this)
            .Distinct();

    /// <summary>This graph and every graph nested in it, outermost first.</summary>
    public IEnumerable<Graph> SelfAndNested => Nodes.SelectMany(node => node.Subgraphs).SelectMany(inner => inner.SelfAndNested).Prepend(this);

    internal Value AddInput(string name, OnnxType? type)
    {
        var value = new Value(this, name, type) { IsGraphInput = true };
        _inputs.Add(value);
        return value;
    }

    internal void AddOutput(Value value)
    {
        _outputs.Add(value);
        value.OutputListings++;
    }

    internal void ReplaceOutput(Value old, Value with)
    {
        for (var i = 0; i < _outputs.Count; i++)
        {
            if (_outputs[i] != old)
                continue;
            old.OutputListings--;
            _outputs[i] = with;
            with.OutputListings++;
        }
    }

    /// <summary>Takes outputs off the list: for a copy that is only run for some of its values.</summary>
    internal void RemoveOutputs(Predicate<Value> unwanted)
    {
        foreach (var output in _outputs.Where(output => unwanted(output)))
            output.OutputListings--;
        _outputs.RemoveAll(unwanted);
    }

    internal void AddInitializer(Value value, Tensor tensor)
    {
        value.Initializer = tensor;
        _initializers.Add(value);
    }

    internal void RemoveInitializer(Value value)
    {
        value.Initializer = null;
        _initializers.Remove(value);
    }

    /// <summary>A weight that callers give from now on.</summary>
    internal void TurnIntoInput(Value initializer)
    {
        RemoveInitializer(initializer);
        if (initializer.IsGraphInput)
            return;
        initializer.IsGraphInput = true;
        _inputs.Add(initializer);
    }

    internal void UnlistInput(Value value)
    {
        value.IsGraphInput = false;
        _inputs.Remove(value);
    }

    /// <summary>Adds a node whose place is not known: the order is found again when it is next asked for.</summary>
    internal void AddNode(Node node)
    {
        _nodes.Add(node);
        _orderUnknown = true;
    }

    /// <summary>Adds a node in the order of a file, which the verifier checks.</summary>
    internal void AppendNode(Node node) => _nodes.Add(node);

    internal void RemoveNode(Node node)
    {
        node.Detach();
        _holdsRemoved = true;
    }

    /// <summary>A node of this graph reads another value now, which also moves the node that this graph is nested in.</summary>
    internal void OrderChanged()
    {
        for (var graph = this; graph is not null; graph = graph.Parent)
            graph._orderUnknown = true;
    }

    internal void DetachNodes()
    {
        foreach (var node in _nodes)
            node.Detach();
        foreach (var output in _outputs)
            output.OutputListings--;
    }
}
