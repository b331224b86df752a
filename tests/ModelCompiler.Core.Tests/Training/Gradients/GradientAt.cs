using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>The gradients themselves, of the sum of all elements, for points where there is no derivative to compare with.</summary>
internal static class GradientAt
{
    /// <summary>By input, elements in order.</summary>
    public static Dictionary<string, float[]> Of(GradientCheck.Network network, params (string Name, Tensor Value)[] inputs)
    {
        var given = inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);
        var builder = new GraphBuilder(17);
        var values = inputs.ToDictionary(input => input.Name, input => builder.Input(input.Name, input.Value.Type, input.Value.Dims), StringComparer.Ordinal);
        var output = network(builder, values)[0];
        builder.Output(output, "y", new TensorType(ElementType.Float32, null));
        var types = ShapeInference.Run(builder.Model);
        ShapeObservation.Complete(types, builder.Model, given);
        var dims = types.ShapeOf(output)!.Sizes!;
        var ones = builder.Initializer("seed", Tensor.Of(Enumerable.Repeat(1f, (int)dims.Aggregate(1L, (a, b) => a * b)).ToArray(), dims));
        var gradients = Backpropagation.Of(GraphBuilder.Behind(builder.Model), types, [(output, ones)], values.Values.ToHashSet());
        foreach (var (name, value) in values.Where(value => gradients.ContainsKey(value.Value)))
            builder.Output(builder.Node("Identity", [gradients[value]]), name + "_gradient", new TensorType(ElementType.Float32, null));
        using var backward = OrtModel.Load(builder.Model);
        return backward.Run(given).Where(result => result.Key != "y").ToDictionary(result => result.Key[..^"_gradient".Length], result => result.Value.ToFloats(), StringComparer.Ordinal);
    }
}
