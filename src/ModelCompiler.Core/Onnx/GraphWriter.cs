using Google.Protobuf;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>Makes records of graphs, beginning with what the file they came from said beside them.</summary>
internal sealed class GraphWriter(TensorWriter tensors)
{
    public GraphProto Write(Graph graph)
    {
        var proto = (graph.Record as GraphProto)?.Clone() ?? new GraphProto();
        proto.Name = graph.Name;
        proto.Input.Add(graph.Inputs.Select(ValueInfo.Of));
        proto.Output.Add(graph.Outputs.Select(ValueInfo.Of));
        proto.Initializer.Add(graph.Initializers.Select(tensors.WriteInitializer));
        foreach (var node in graph.Nodes)
        {
            if (node.Record is SparseTensorProto sparse)
                proto.SparseInitializer.Add(WriteSparse(sparse, node.Output));
            else
                proto.Node.Add(Write(node));
        }

        proto.ValueInfo.Add(InnerValues(graph).Except(graph.Outputs).Select(ValueInfo.Of));
        return proto;
    }

    /// <summary>The values of which there is something to say beside the lists of inputs and outputs. A weight's type is its own.</summary>
    private static IEnumerable<Value> InnerValues(Graph graph)
    {
        var weights = graph.Initializers.Where(value => !value.IsGraphInput && value.Record is not null);
        var results = graph.Nodes.Where(node => node.Record is not SparseTensorProto)
            .SelectMany(node => node.Outputs)
            .OfType<Value>()
            .Where(value => value.Type is not null || value.Record is not null);
        return weights.Concat(results);
    }

    private static SparseTensorProto WriteSparse(SparseTensorProto record, Value value)
    {
        var proto = record.Clone();
        proto.Values.Name = value.Name;
        return proto;
    }

    private NodeProto Write(Node node)
    {
        var proto = (node.Record as NodeProto)?.Clone() ?? new NodeProto();
        var shells = proto.Attribute.ToDictionary(shell => shell.Name, StringComparer.Ordinal);
        proto.Attribute.Clear();
        proto.Input.Add(node.Inputs.Select(input => input?.Name ?? ""));
        proto.Output.Add(node.Outputs.Select(output => output?.Name ?? ""));
        proto.OpType = node.OpType;
        if (node.Name.Length > 0)
            proto.Name = node.Name;
        if (node.Domain.Length > 0)
            proto.Domain = node.Domain;
        foreach (var (name, value) in node.Attributes)
            proto.Attribute.Add(Write(shells.GetValueOrDefault(name) ?? new AttributeProto { Name = name }, value));
        return proto;
    }

    private AttributeProto Write(AttributeProto proto, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Opaque opaque:
                return (AttributeProto)opaque.Record;
            case AttributeValue.Float one:
                proto.F = one.Value;
                break;
            case AttributeValue.Int one:
                proto.I = one.Value;
                break;
            case AttributeValue.Bytes one:
                proto.S = UnsafeByteOperations.UnsafeWrap(one.Value);
                break;
            case AttributeValue.OfTensor one:
                proto.T = tensors.Write(one.Value);
                break;
            case AttributeValue.OfGraph one:
                proto.G = Write(one.Value);
                break;
            case AttributeValue.Floats many:
                proto.Floats.Add(many.Values);
                break;
            case AttributeValue.Ints many:
                proto.Ints.Add(many.Values);
                break;
            case AttributeValue.ManyBytes many:
                proto.Strings.Add(many.Values.Select(UnsafeByteOperations.UnsafeWrap));
                break;
            case AttributeValue.OfTensors many:
                proto.Tensors.Add(many.Values.Select(tensors.Write));
                break;
            case AttributeValue.OfGraphs many:
                proto.Graphs.Add(many.Values.Select(Write));
                break;
        }

        proto.Type = (int)AttributeKinds.Of(value);
        return proto;
    }
}
