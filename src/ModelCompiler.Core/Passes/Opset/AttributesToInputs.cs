using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Changes that turned an attribute into an input, so that it can be computed.</summary>
internal static class AttributesToInputs
{
    /// <summary>Squeeze, Unsqueeze and the reductions: <c>axes</c> becomes the second input.</summary>
    public static void Axes(Node node, GraphEdit edit) => MoveInts(node, edit, "axes", 1);

    /// <summary>Split: <c>split</c> becomes the second input.</summary>
    public static void Split(Node node, GraphEdit edit) => MoveInts(node, edit, "split", 1);

    /// <summary>Slice: <c>starts</c>, <c>ends</c> and <c>axes</c> become inputs.</summary>
    public static void Slice(Node node, GraphEdit edit)
    {
        MoveInts(node, edit, "starts", 1);
        MoveInts(node, edit, "ends", 2);
        MoveInts(node, edit, "axes", 3);
    }

    /// <summary>TopK: <c>k</c> becomes the second input.</summary>
    public static void TopK(Node node, GraphEdit edit)
    {
        edit.SetInput(node, 1, edit.AddInitializer("k", Tensor.Vector(node.GetInt("k", 1))));
        edit.RemoveAttribute(node, "k");
    }

    /// <summary>Upsample: <c>scales</c> becomes the second input.</summary>
    public static void Upsample(Node node, GraphEdit edit)
    {
        if (node.Attributes.GetValueOrDefault("scales") is not AttributeValue.Floats scales)
            throw new NotLiftableException("it gives no scales");
        edit.SetInput(node, 1, edit.AddInitializer("scales", Tensor.Vector<float>([.. scales.Values])));
        edit.RemoveAttribute(node, "scales");
    }

    /// <summary>Clip: <c>min</c> and <c>max</c> become inputs of the data's type; without them there is no bound on that side.</summary>
    public static void Clip(Node node, GraphEdit edit, InferredTypes types)
    {
        MoveFloat(node, edit, "min", 1, types);
        MoveFloat(node, edit, "max", 2, types);
    }

    /// <summary>Pad: <c>pads</c> and <c>value</c> become inputs.</summary>
    public static void Pad(Node node, GraphEdit edit, InferredTypes types)
    {
        MoveInts(node, edit, "pads", 1);
        MoveFloat(node, edit, "value", 2, types);
    }

    /// <summary>Dropout: <c>ratio</c> becomes an input; without a third input it does nothing at inference, as before.</summary>
    public static void Dropout(Node node, GraphEdit edit)
    {
        if (!node.Attributes.ContainsKey("ratio"))
            return;
        edit.SetInput(node, 1, edit.AddInitializer("ratio", Tensor.Scalar(node.GetFloat("ratio", 0.5f))));
        edit.RemoveAttribute(node, "ratio");
    }

    /// <summary>DFT: <c>axis</c>, which was 1 by default, becomes the third input.</summary>
    public static void Dft(Node node, GraphEdit edit)
    {
        edit.SetInput(node, 2, edit.AddInitializer("axis", Tensor.Scalar(node.GetInt("axis", 1))));
        edit.RemoveAttribute(node, "axis");
    }

    private static void MoveInts(Node node, GraphEdit edit, string attribute, int input)
    {
        if (node.GetInts(attribute) is not { } values)
            return;
        edit.SetInput(node, input, edit.AddInitializer(attribute, Tensor.Vector<long>([.. values])));
        edit.RemoveAttribute(node, attribute);
    }

    private static void MoveFloat(Node node, GraphEdit edit, string attribute, int input, InferredTypes types)
    {
        if (!node.Attributes.ContainsKey(attribute))
            return;
        edit.SetInput(node, input, edit.AddInitializer(attribute, ScalarLike.Of(node.Input(0), node.GetFloat(attribute, 0), types)));
        edit.RemoveAttribute(node, attribute);
    }
}
