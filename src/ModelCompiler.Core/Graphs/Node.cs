namespace ModelCompiler.Graphs;

/// <summary>One operator of a graph. Changed only through a <see cref="GraphEdit"/>.</summary>
public sealed class Node
{
    private readonly List<Value?> _inputs = [];
    private readonly List<Value?> _outputs = [];
    private readonly Dictionary<string, AttributeValue> _attributes = new(StringComparer.Ordinal);

    internal Node(Graph graph, string opType, string domain, string name)
    {
        Graph = graph;
        OpType = opType;
        Domain = domain;
        Name = name;
    }

    public Graph Graph { get; }

    public string OpType { get; }

    /// <summary>Empty for ONNX's own operators (the file may say <c>ai.onnx</c>), else for example <c>com.microsoft</c>.</summary>
    public string Domain { get; }

    /// <summary>May be empty, need not be unique: for people, never for identity.</summary>
    public string Name { get; internal set; }

    /// <summary>Null where an optional input is left out.</summary>
    public IReadOnlyList<Value?> Inputs => _inputs;

    /// <summary>Null where an optional output is left out.</summary>
    public IReadOnlyList<Value?> Outputs => _outputs;

    /// <summary>In the file's order.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes => _attributes;

    /// <summary>What the file says of the node and the graph does not model (documentation, unknown fields), for the writer.</summary>
    internal object? Record { get; set; }

    internal bool IsRemoved { get; set; }

    /// <summary>The first output; every node has one.</summary>
    public Value Output => _outputs[0] ?? throw new InvalidOperationException($"{this} leaves out its first output.");

    /// <summary>Input <paramref name="index"/>, or null where it is left out or beyond the list.</summary>
    public Value? Input(int index) => index < _inputs.Count ? _inputs[index] : null;

    /// <summary>True for an operator of ONNX's own set.</summary>
    public bool Is(string opType) => OpType == opType && Domain.Length == 0;

    public long GetInt(string name, long otherwise) => _attributes.GetValueOrDefault(name) is AttributeValue.Int found ? found.Value : otherwise;

    public float GetFloat(string name, float otherwise) => _attributes.GetValueOrDefault(name) is AttributeValue.Float found ? found.Value : otherwise;

    public string GetString(string name, string otherwise) => _attributes.GetValueOrDefault(name) is AttributeValue.Bytes found ? found.Text : otherwise;

    public IReadOnlyList<long>? GetInts(string name) => (_attributes.GetValueOrDefault(name) as AttributeValue.Ints)?.Values;

    public Tensor? GetTensor(string name) => (_attributes.GetValueOrDefault(name) as AttributeValue.OfTensor)?.Value;

    /// <summary>The graphs nested in the attributes.</summary>
    public IEnumerable<Graph> Subgraphs => _attributes.Values.SelectMany(attribute => attribute.Graphs);

    /// <summary>Values of enclosing graphs that its nested graphs read.</summary>
    public IEnumerable<Value> Captures => Subgraphs.SelectMany(graph => graph.Captures).Distinct();

    public override string ToString() =>
        Name.Length > 0 ? $"{OpType} '{Name}'" : _outputs.Find(output => output is not null) is { } made ? $"{OpType} → '{made.Name}'" : OpType;

    internal void SetInput(int index, Value? value)
    {
        while (_inputs.Count <= index)
            _inputs.Add(null);
        _inputs[index]?.RemoveUse(new Use(this, index));
        _inputs[index] = value;
        value?.AddUse(new Use(this, index));
    }

    internal void TrimInputs()
    {
        while (_inputs is [.., null])
            _inputs.RemoveAt(_inputs.Count - 1);
    }

    internal void AddOutput(Value? value)
    {
        _outputs.Add(value);
        if (value is not null)
            value.Producer = this;
    }

    /// <summary>Makes a value in a place that was left out until now.</summary>
    internal void SetOutput(int index, Value value)
    {
        while (_outputs.Count <= index)
            _outputs.Add(null);
        _outputs[index] = value;
        value.Producer = this;
    }

    /// <summary>Names an output of a node that does not stand in a graph yet: who made the value until now still does.</summary>
    internal void ListOutput(Value? value) => _outputs.Add(value);

    /// <summary>From now on the node makes the outputs it lists.</summary>
    internal void ClaimOutputs()
    {
        foreach (var output in _outputs.OfType<Value>())
            output.Producer = this;
    }

    internal void SetAttribute(string name, AttributeValue value)
    {
        DropGraphs(name, keep: value);
        _attributes[name] = value;
    }

    internal void RemoveAttribute(string name)
    {
        DropGraphs(name, keep: null);
        _attributes.Remove(name);
    }

    /// <summary>A nested graph that goes away reads no outer value any more.</summary>
    private void DropGraphs(string name, AttributeValue? keep)
    {
        foreach (var dropped in _attributes.GetValueOrDefault(name)?.Graphs.Except(keep?.Graphs ?? []) ?? [])
            dropped.DetachNodes();
    }

    internal void Detach()
    {
        for (var i = 0; i < _inputs.Count; i++)
            _inputs[i]?.RemoveUse(new Use(this, i));
        foreach (var inner in Subgraphs)
            inner.DetachNodes();
        foreach (var output in _outputs)
        {
            if (output?.Producer == this)
                output.Producer = null;
        }

        IsRemoved = true;
    }
}
