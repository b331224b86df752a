using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Layout;

/// <summary>
/// Writes nodes anew in NHWC, one edit a node. Each is left with a Transpose back to its old output for those who read NCHW; a Transpose that nobody
/// reads is dead.
/// </summary>
internal sealed class ChannelsLastRewrite(Graph graph, InferredTypes types, PassContext context)
{
    private const string Microsoft = "com.microsoft";

    /// <summary>The NHWC twin of a value, where there is one.</summary>
    private readonly Dictionary<Value, Value> _twins = [];

    public void Run(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
            Rewrite(node);
    }

    private void Rewrite(Node node)
    {
        var edit = new GraphEdit(graph, $"write {node} with channels last");
        var found = new Dictionary<Value, Value>();
        var inputs = node.Inputs.ToArray();
        foreach (var index in ChannelsLastOperators.DataInputs(node))
            inputs[index] = Twin(inputs[index]!, found, edit);
        var outputs = node.Outputs.Select(output => output is null ? null : edit.NewValue($"{output.Name}_channels_last")).ToArray();
        edit.Remove(node);
        AddInChannelsLast(node, inputs, outputs, edit);
        foreach (var (output, twin) in node.Outputs.Zip(outputs))
        {
            if (output is null)
                continue;
            edit.AddNode("Transpose", [twin], [output], Attributes("perm", ChannelsLast.Back));
            found[output] = twin!;
        }

        if (!context.Apply(edit))
            return;
        foreach (var (value, twin) in found)
            _twins[value] = twin;
    }

    private Value Twin(Value value, Dictionary<Value, Value> found, GraphEdit edit)
    {
        if (_twins.GetValueOrDefault(value) is { } known)
            return known;
        if (found.GetValueOrDefault(value) is { } now)
            return now;
        return found[value] = value.Constant switch
        {
            { Count: 1 } => value,
            { } constant => edit.AddInitializer($"{value.Name}_channels_last", ChannelsLast.Reordered(constant)),
            null => edit.AddNode("Transpose", [value], Attributes("perm", ChannelsLast.From)).Output,
        };
    }

    private void AddInChannelsLast(Node node, Value?[] inputs, Value?[] outputs, GraphEdit edit)
    {
        switch (node.OpType)
        {
            case "QLinearConv" or "QLinearAveragePool" or "QLinearGlobalAveragePool":
                DeclareMicrosoft(edit);
                edit.AddNode(node.OpType, inputs, outputs, With(node, "channels_last", 1L), Microsoft);
                break;
            case "MaxPool":
                DeclareMicrosoft(edit);
                edit.AddNode("NhwcMaxPool", inputs, outputs, Without(node, "storage_order"), Microsoft);
                break;
            case "Concat" or "QLinearConcat" or "Split":
                edit.AddNode(node.OpType, inputs, outputs, With(node, "axis", ChannelsLast.Axis(node.GetInt("axis", 0))), node.Domain);
                break;
            case "Pad":
                var pads = node.Inputs[1]!.Constant!.ToLongs();
                inputs[1] = edit.AddInitializer(node.Inputs[1]!.Name, Tensor.Vector<long>([.. ChannelsLast.Reordered<long>(pads[..ChannelsLast.Rank]), .. ChannelsLast.Reordered<long>(pads[ChannelsLast.Rank..])]));
                edit.AddNode(node.OpType, inputs, outputs, node.Attributes);
                break;
            case "Slice":
                inputs[3] = edit.AddInitializer(node.Inputs[3]!.Name, Tensor.Vector<long>(Array.ConvertAll(node.Inputs[3]!.Constant!.ToLongs(), axis => (long)ChannelsLast.Axis(axis))));
                edit.AddNode(node.OpType, inputs, outputs, node.Attributes);
                break;
            case "Resize":
                AddRepeats(NearestResize.Of(node, types)!, inputs[0]!, outputs, edit);
                break;
            default:
                edit.AddNode(node.OpType, inputs, outputs, node.Attributes, node.Domain);
                break;
        }
    }

    /// <summary>[N, H, W, C] seen as [N, H, 1, W, 1, C], repeated along the axes of one.</summary>
    private static void AddRepeats(NearestResize resize, Value x, Value?[] outputs, GraphEdit edit)
    {
        var (rows, columns, sizes) = resize;
        var apart = edit.AddNode("Unsqueeze", [x, edit.AddInitializer("pixels_apart", Tensor.Vector(2L, 4))]).Output;
        var repeated = edit.AddNode("Expand", [apart, edit.AddInitializer("pixels_repeated", Tensor.Vector(1, 1, rows, 1, columns, 1))]).Output;
        var joined = sizes is not null
            ? edit.AddInitializer("pixels_joined", Tensor.Vector<long>(sizes))
            : edit.AddNode("Mul", [edit.AddNode("Shape", [x]).Output, edit.AddInitializer("pixels_joined", Tensor.Vector(1, rows, columns, 1))]).Output;
        edit.AddNode("Reshape", [repeated, joined], outputs);
    }

    private void DeclareMicrosoft(GraphEdit edit)
    {
        if (!graph.Model.Opsets.ContainsKey(Microsoft))
            edit.SetOpset(Microsoft, 1);
    }

    private static Dictionary<string, AttributeValue> Attributes(string name, AttributeValue value) => new(StringComparer.Ordinal) { [name] = value };

    private static Dictionary<string, AttributeValue> With(Node node, string name, AttributeValue value) => new(node.Attributes, StringComparer.Ordinal) { [name] = value };

    private static Dictionary<string, AttributeValue> Without(Node node, string name) =>
        node.Attributes.Where(entry => entry.Key != name).ToDictionary(StringComparer.Ordinal);
}
