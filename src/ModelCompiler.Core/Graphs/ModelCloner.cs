namespace ModelCompiler.Graphs;

/// <summary>Copies a model's graphs node by node; tensors and the file's opaque records are shared.</summary>
internal static class ModelCloner
{
    public static Model Clone(Model source)
    {
        var copy = new Model(source.IrVersion, source.Graph.Name) { Functions = source.Functions, Record = source.Record };
        foreach (var (domain, version) in source.Opsets)
            copy.SetOpset(domain, version);
        foreach (var entry in source.Metadata)
            copy.Metadata.Add(entry);
        CloneInto(copy.Graph, source.Graph, new Dictionary<Value, Value>());
        return copy;
    }

    private static void CloneInto(Graph copy, Graph source, Dictionary<Value, Value> copies)
    {
        copy.Record = source.Record;
        foreach (var input in source.Inputs)
        {
            copies[input] = copy.AddInput(input.Name, input.Type);
            copies[input].Record = input.Record;
        }

        foreach (var initializer in source.Initializers)
        {
            if (!copies.TryGetValue(initializer, out var value))
                copies[initializer] = value = new Value(copy, initializer.Name, initializer.Type) { Record = initializer.Record };
            copy.AddInitializer(value, initializer.Initializer!);
        }

        foreach (var node in source.Nodes)
            copy.AppendNode(CloneNode(copy, node, copies));
        foreach (var output in source.Outputs)
            copy.AddOutput(copies[output]);
    }

    private static Node CloneNode(Graph graph, Node source, Dictionary<Value, Value> copies)
    {
        var node = new Node(graph, source.OpType, source.Domain, source.Name) { Record = source.Record };
        for (var i = 0; i < source.Inputs.Count; i++)
            node.SetInput(i, source.Inputs[i] is { } input ? copies[input] : null);
        foreach (var (name, value) in source.Attributes)
            node.SetAttribute(name, CloneAttribute(graph, value, copies));
        foreach (var output in source.Outputs)
        {
            Value? copy = null;
            if (output is not null)
                copies[output] = copy = new Value(graph, output.Name, output.Type) { Record = output.Record };
            node.AddOutput(copy);
        }

        return node;
    }

    private static AttributeValue CloneAttribute(Graph owner, AttributeValue value, Dictionary<Value, Value> copies) => value switch
    {
        AttributeValue.OfGraph one => new AttributeValue.OfGraph(CloneNested(owner, one.Value, copies)),
        AttributeValue.OfGraphs many => new AttributeValue.OfGraphs([.. many.Values.Select(graph => CloneNested(owner, graph, copies))]),
        _ => value,
    };

    private static Graph CloneNested(Graph owner, Graph source, Dictionary<Value, Value> copies)
    {
        var copy = new Graph(owner.Model, owner, source.Name);
        CloneInto(copy, source, copies);
        return copy;
    }
}
