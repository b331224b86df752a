using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Writes integers that an older operator set gives as an attribute and a newer one as an input.</summary>
internal static class NumberRewrite
{
    public static void SetLongs(GraphEdit edit, Node node, string attribute, int input, long[] values)
    {
        if (node.Attributes.ContainsKey(attribute))
            edit.SetAttribute(node, attribute, values);
        else
            edit.SetInput(node, input, edit.AddInitializer(Name(node, input, attribute), Tensor.Vector<long>(values)));
    }

    /// <summary>The same for an operator whose indices may have 32 bits, all of one width.</summary>
    public static void SetIndices(GraphEdit edit, NodeChannels node, string attribute, int input, long[] values)
    {
        if (node.Inference.Element(input) == ElementType.Int32)
            edit.SetInput(node.Node, input, edit.AddInitializer(Name(node.Node, input, attribute), Tensor.Vector<int>(Array.ConvertAll(values, checked(value => (int)value)))));
        else
            SetLongs(edit, node.Node, attribute, input, values);
    }

    private static string Name(Node node, int input, string attribute) => node.Input(input)?.Name ?? $"{node.Output.Name}/{attribute}";
}
