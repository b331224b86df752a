using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Networks;

/// <summary>Models for inputs of other sizes than they declare.</summary>
internal static class FittedModel
{
    /// <summary>A copy whose inputs have the shapes of the given ones. What the file says of the shapes of other values is forgotten: it holds for the declared sizes only.</summary>
    public static Model Of(Model model, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var copy = model.Clone();
        foreach (var input in copy.Graph.RequiredInputs)
            input.Type = new TensorType(inputs[input.Name].Type, Shape.Of(inputs[input.Name].Dims));
        foreach (var value in copy.Graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>())
            value.Type = value.TensorType is { } type ? type with { Shape = null } : value.Type;
        return copy;
    }
}
