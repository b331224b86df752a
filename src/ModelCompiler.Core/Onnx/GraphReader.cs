using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Makes graphs of their records: names become references, from the inside out.</summary>
internal sealed class GraphReader(ModelSource source)
{
    private readonly TensorReader _tensors = new(source);
    private readonly List<Value> _shadows = [];

    /// <summary>
    /// Values of nested graphs that bear the name of an outer one. They get names of their own once all are known, since an edit may later let the nested
    /// graph read the outer one.
    /// </summary>
    public IReadOnlyList<Value> Shadows => _shadows;

    public void Read(GraphProto proto, Graph graph, NameScope? outer)
    {
        var scope = new NameScope(outer);
        ReadInputs(proto, graph, scope);
        ReadInitializers(proto, graph, scope);
        ReadSparseInitializers(proto, graph, scope);
        var nodes = proto.Node.Select(node => Declare(node, graph, scope)).ToArray();
        for (var i = 0; i < nodes.Length; i++)
            Connect(proto.Node[i], nodes[i], scope);
        ReadOutputs(proto, graph, scope);
        ReadTypes(proto, scope);
        graph.Record = Shell(proto);
    }

    private void ReadInputs(GraphProto proto, Graph graph, NameScope scope)
    {
        foreach (var info in proto.Input)
        {
            var value = graph.AddInput(NameOf(info.Name, "an input"), null);
            SetType(value, info);
            Define(value, scope);
        }
    }

    private void ReadInitializers(GraphProto proto, Graph graph, NameScope scope)
    {
        foreach (var record in proto.Initializer)
        {
            var name = NameOf(record.Name, "an initializer");
            var tensor = _tensors.Read(record);
            if (scope.FindLocal(name) is not { IsGraphInput: true, Initializer: null } value)
            {
                value = new Value(graph, name, null);
                Define(value, scope);
            }

            value.Type ??= new TensorType(tensor.Type, Shape.Of(tensor.Dims));
            graph.AddInitializer(value, tensor);
        }
    }

    /// <summary>A sparse initializer is the same as a Constant node; the node remembers in which form it came.</summary>
    private void ReadSparseInitializers(GraphProto proto, Graph graph, NameScope scope)
    {
        foreach (var record in proto.SparseInitializer)
        {
            var name = NameOf(record.Values?.Name ?? "", "a sparse initializer");
            var type = new TensorType((ElementType)record.Values!.DataType, Shape.Of([.. record.Dims]));
            var node = new Node(graph, "Constant", "", "") { Record = record };
            var attribute = new AttributeProto { Name = "sparse_value", Type = (int)AttributeKind.SparseTensor, SparseTensor = record };
            node.SetAttribute(attribute.Name, new AttributeValue.Opaque(attribute));
            node.AddOutput(Define(new Value(graph, name, type), scope));
            graph.AddNode(node);
        }
    }

    /// <summary>Makes the node and its outputs, so that every name is known before one is looked up.</summary>
    private Node Declare(NodeProto proto, Graph graph, NameScope scope)
    {
        var node = new Node(graph, NameOf(proto.OpType, "an operator"), OperatorDomain.Normalize(proto.Domain), proto.Name);
        foreach (var name in proto.Output)
            node.AddOutput(name.Length == 0 ? null : Define(new Value(graph, name, null), scope));
        graph.AddNode(node);
        return node;
    }

    private void Connect(NodeProto proto, Node node, NameScope scope)
    {
        for (var i = 0; i < proto.Input.Count; i++)
        {
            var name = proto.Input[i];
            node.SetInput(i, name.Length == 0 ? null : scope.Find(name) ?? throw source.Invalid($"{node} reads '{name}', which nothing makes"));
        }

        foreach (var attribute in proto.Attribute)
            node.SetAttribute(NameOf(attribute.Name, "an attribute"), ReadAttribute(attribute, node.Graph, scope));
        node.Record = Shell(proto);
    }

    private AttributeValue ReadAttribute(AttributeProto proto, Graph owner, NameScope scope) => AttributeKinds.Of(proto) switch
    {
        AttributeKind.Float => new AttributeValue.Float(proto.F),
        AttributeKind.Int => new AttributeValue.Int(proto.I),
        AttributeKind.Bytes => new AttributeValue.Bytes(proto.S.Memory),
        AttributeKind.Floats => new AttributeValue.Floats([.. proto.Floats]),
        AttributeKind.Ints => new AttributeValue.Ints([.. proto.Ints]),
        AttributeKind.ManyBytes => new AttributeValue.ManyBytes([.. proto.Strings.Select(text => text.Memory)]),
        AttributeKind.Tensor when proto.T is not null => new AttributeValue.OfTensor(_tensors.Read(proto.T)),
        AttributeKind.Tensors => new AttributeValue.OfTensors([.. proto.Tensors.Select(_tensors.Read)]),
        AttributeKind.Graph when proto.G is not null => new AttributeValue.OfGraph(ReadNested(proto.G, owner, scope)),
        AttributeKind.Graphs => new AttributeValue.OfGraphs([.. proto.Graphs.Select(graph => ReadNested(graph, owner, scope))]),
        _ => new AttributeValue.Opaque(proto.Clone()),
    };

    private Graph ReadNested(GraphProto proto, Graph owner, NameScope scope)
    {
        var nested = new Graph(owner.Model, owner, proto.Name);
        Read(proto, nested, scope);
        return nested;
    }

    private void ReadOutputs(GraphProto proto, Graph graph, NameScope scope)
    {
        foreach (var info in proto.Output)
        {
            var value = scope.Find(info.Name) ?? throw source.Invalid($"the output '{info.Name}' of graph '{graph.Name}' is made by nothing");
            graph.AddOutput(value);
            if (value.Graph == graph)
                SetType(value, info);
        }
    }

    private void ReadTypes(GraphProto proto, NameScope scope)
    {
        foreach (var info in proto.ValueInfo)
        {
            if (scope.FindLocal(info.Name) is { } value)
                SetType(value, info);
        }
    }

    /// <summary>The first type that is said of a value counts: as input, as initializer, as output, in value_info.</summary>
    private void SetType(Value value, ValueInfoProto info)
    {
        if (info.Type?.TensorType?.Shape?.Dim.Count > TensorReader.MaxRank)
            throw new DiagnosticException(DiagnosticRules.TooLarge.Create(source.Path, $"the value '{value.Name}' of rank {info.Type.TensorType.Shape.Dim.Count}", $"rank {TensorReader.MaxRank}"));
        value.Type ??= OnnxTypes.Read(info.Type);
        if (value.Record is null && !ValueInfo.Of(value).Equals(info))
            value.Record = info;
    }

    private Value Define(Value value, NameScope scope)
    {
        if (scope.Shadows(value.Name))
            _shadows.Add(value);
        scope.Define(value);
        return value;
    }

    private string NameOf(string name, string what) => name.Length > 0 ? name : throw source.Invalid($"{what} has no name");

    private static NodeProto? Shell(NodeProto proto)
    {
        proto.Input.Clear();
        proto.Output.Clear();
        proto.ClearName();
        proto.ClearOpType();
        proto.ClearDomain();
        var kept = proto.Attribute.Select(AttributeKinds.Shell).OfType<AttributeProto>().ToArray();
        proto.Attribute.Clear();
        proto.Attribute.Add(kept);
        return proto.CalculateSize() == 0 ? null : proto;
    }

    private static GraphProto? Shell(GraphProto proto)
    {
        proto.ClearName();
        proto.Input.Clear();
        proto.Output.Clear();
        proto.Initializer.Clear();
        proto.SparseInitializer.Clear();
        proto.Node.Clear();
        proto.ValueInfo.Clear();
        return proto.CalculateSize() == 0 ? null : proto;
    }
}
