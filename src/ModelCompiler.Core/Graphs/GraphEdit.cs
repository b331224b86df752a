namespace ModelCompiler.Graphs;

/// <summary>
/// A labelled set of changes to one graph, collected first and carried out together. Nothing happens to the graph until the edit is applied
/// through <see cref="Passes.PassContext.Apply"/>, the one door through which graphs change.
/// </summary>
/// <example>
/// <code>
/// var edit = new GraphEdit(graph, $"fold {norm} into {conv}");
/// edit.SetInput(conv, 1, edit.AddInitializer("folded_weight", weight));
/// edit.ReplaceUses(norm.Output, conv.Output);
/// edit.Remove(norm);
/// context.Apply(edit);
/// </code>
/// </example>
public sealed class GraphEdit(Graph graph, string label)
{
    private readonly List<Action> _changes = [];
    private readonly HashSet<Node> _added = [];

    public Graph Graph { get; } = graph;

    /// <summary>What the edit does, for the log: names the nodes.</summary>
    public string Label { get; } = label;

    /// <summary>True while it changes nothing.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>A new weight. Weights may be shared, so a changed weight is a new one.</summary>
    public Value AddInitializer(string nameHint, Tensor tensor)
    {
        var value = new Value(Graph, nameHint, new TensorType(tensor.Type, Shape.Of(tensor.Dims)));
        _changes.Add(() =>
        {
            value.Name = Graph.Model.UniqueName(nameHint);
            Graph.AddInitializer(value, tensor);
        });
        return value;
    }

    /// <summary>Other elements for a weight, and so for everyone who reads it; the type stays.</summary>
    public void SetTensor(Value initializer, Tensor tensor) => _changes.Add(() =>
    {
        if (initializer.Initializer is not { } old || old.Type != tensor.Type || !old.Dims.SequenceEqual(tensor.Dims))
            throw new InvalidOperationException($"{tensor} cannot take the place of '{initializer.Name}'.");
        initializer.Initializer = tensor;
    });

    /// <summary>A new node with one new output.</summary>
    public Node AddNode(string opType, IReadOnlyList<Value?> inputs, IReadOnlyDictionary<string, AttributeValue>? attributes = null, string domain = "") =>
        AddNode(opType, inputs, [NewValue(opType)], attributes, domain);

    /// <summary>
    /// A new node that makes the given values: new ones from <see cref="NewValue"/>, or the outputs of a node that this edit removed before.
    /// </summary>
    public Node AddNode(
        string opType, IReadOnlyList<Value?> inputs, IReadOnlyList<Value?> outputs, IReadOnlyDictionary<string, AttributeValue>? attributes = null, string domain = "")
    {
        var node = new Node(Graph, opType, domain, "");
        foreach (var (name, value) in attributes ?? new Dictionary<string, AttributeValue>(StringComparer.Ordinal))
            node.SetAttribute(name, value);
        foreach (var output in outputs)
            node.ListOutput(output);
        _added.Add(node);
        _changes.Add(() =>
        {
            node.Name = Graph.Model.UniqueName(outputs.FirstOrDefault()?.Name is { Length: > 0 } name ? $"{name}/{opType}" : opType);
            for (var i = 0; i < inputs.Count; i++)
                node.SetInput(i, inputs[i]);
            node.ClaimOutputs();
            Graph.AddNode(node);
        });
        return node;
    }

    /// <summary>A value for <see cref="AddNode(string, IReadOnlyList{Value?}, IReadOnlyList{Value?}, IReadOnlyDictionary{string, AttributeValue}?, string)"/>.</summary>
    public Value NewValue(string nameHint, OnnxType? type = null)
    {
        var value = new Value(Graph, nameHint, type);
        _changes.Add(() => value.Name = Graph.Model.UniqueName(nameHint));
        return value;
    }

    /// <summary>
    /// Every reader of <paramref name="old"/>, except for nodes that this edit adds, reads <paramref name="with"/> instead. A graph output keeps its name: <paramref name="with"/> takes it over.
    /// Ask <see cref="CanReplace"/> first where <paramref name="old"/> may be a graph output.
    /// </summary>
    public void ReplaceUses(Value old, Value with) => _changes.Add(() =>
    {
        if (!CanReplace(old, with))
            throw new InvalidOperationException($"'{with.Name}' cannot take the place of the graph output '{old.Name}'.");
        foreach (var use in old.Uses.ToArray())
        {
            if (_added.Contains(use.Node))
                continue;
            use.Node.SetInput(use.Index, with);
            use.Node.Graph.OrderChanged();
        }

        if (old.IsGraphOutput)
            ReplaceOutputs(old, with);
    });

    /// <summary>
    /// False where <paramref name="old"/> is an output of its graph and <paramref name="with"/> cannot be: a graph input, an initializer,
    /// a value of an enclosing graph, or an output already.
    /// </summary>
    public static bool CanReplace(Value old, Value with) =>
        !old.Graph.Outputs.Contains(old) || (with.Graph == old.Graph && !with.IsGraphInput && with.Initializer is null && !with.IsGraphOutput);

    public void SetInput(Node node, int index, Value? value) => _changes.Add(() =>
    {
        node.SetInput(index, value);
        node.TrimInputs();
        node.Graph.OrderChanged();
    });

    public void SetAttribute(Node node, string name, AttributeValue value) => _changes.Add(() => node.SetAttribute(name, value));

    public void RemoveAttribute(Node node, string name) => _changes.Add(() => node.RemoveAttribute(name));

    public void SetType(Value value, OnnxType type) => _changes.Add(() => value.Type = type);

    /// <summary>Removes a node. When the edit is done nobody may read its outputs.</summary>
    public void Remove(Node node) => _changes.Add(() => node.Graph.RemoveNode(node));

    /// <summary>Removes a weight that nobody reads any more.</summary>
    public void RemoveInitializer(Value value) => _changes.Add(() => value.Graph.RemoveInitializer(value));

    /// <summary>Takes an initializer off the list of graph inputs, where files before IR version 4 had to list it.</summary>
    public void UnlistInput(Value initializer) => _changes.Add(() => initializer.Graph.UnlistInput(initializer));

    /// <summary>Declares the version of an operator set; only for a pass that has adapted every node to it.</summary>
    public void SetOpset(string domain, long version) => _changes.Add(() => Graph.Model.SetOpset(domain, version));

    public void SetIrVersion(long version) => _changes.Add(() => Graph.Model.IrVersion = version);

    internal void Commit()
    {
        foreach (var change in _changes)
            change();
        _changes.Clear();
    }

    /// <summary>Nested graphs may list the value too; their outputs are known by place, those of its own graph by name.</summary>
    private static void ReplaceOutputs(Value old, Value with)
    {
        var takesName = old.Graph.Outputs.Contains(old);
        foreach (var graph in old.Graph.SelfAndNested.Where(graph => graph.Outputs.Contains(old)).ToArray())
        {
            graph.ReplaceOutput(old, with);
            graph.OrderChanged();
        }

        if (!takesName)
            return;
        (old.Name, with.Name) = (with.Name, old.Name);
        with.Type ??= old.Type;
        with.Record ??= old.Record;
    }
}
