using ModelCompiler.Graphs;
using ModelCompiler.Onnx.Protobuf;

namespace ModelCompiler.Onnx;

/// <summary>
/// What exporters write beside single nodes and inner values for those who debug the export: stack traces of the training code, names of its modules.
/// In PyTorch's files that can be a fifth of the bytes. What is said of the whole model (licence, author, labels) is no such note.
/// </summary>
internal static class ExporterNotes
{
    /// <summary>Takes the notes out of every graph of the model; of the graphs that functions hold, nothing is changed.</summary>
    public static void Remove(Model model)
    {
        foreach (var node in model.Graph.SelfAndNested.SelectMany(graph => graph.Nodes))
        {
            if (node.Record is NodeProto record)
                node.Record = Without(record);
            foreach (var value in node.Outputs.OfType<Value>().Where(value => !value.IsGraphOutput))
                value.Record = value.Record is ValueInfoProto info ? Without(info) : value.Record;
        }
    }

    /// <summary>A copy, since clones of a model share their records.</summary>
    private static NodeProto Without(NodeProto record)
    {
        var copy = record.Clone();
        copy.ClearDocString();
        copy.MetadataProps.Clear();
        return copy;
    }

    private static ValueInfoProto Without(ValueInfoProto record)
    {
        var copy = record.Clone();
        copy.ClearDocString();
        copy.MetadataProps.Clear();
        return copy;
    }
}
