using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Gradients as they come out, for points where differences say nothing.</summary>
internal static class GradientAt
{
    /// <summary>Of the sum of the only output by the only input.</summary>
    public static Tensor Of(GradientCheck.Network network, (string Name, Tensor Value) input)
    {
        var builder = new GraphBuilder(17);
        var x = builder.Input(input.Name, ElementType.Float32, input.Value.Dims);
        var output = network(builder, new Dictionary<string, Value>(StringComparer.Ordinal) { [input.Name] = x })[0];
        builder.Output(output, "y", new TensorType(ElementType.Float32, null));
        var types = ShapeInference.Run(builder.Model);
        var dims = types.ShapeOf(output)!.Sizes!;
        var ones = Enumerable.Repeat(1f, (int)dims.Aggregate(1L, (count, dim) => count * dim)).ToArray();
        var behind = GraphBuilder.Behind(builder.Model);
        var gradient = Backpropagation.Of(behind, types, [(output, behind.Initializer("seed", Tensor.Of(ones, dims)))], new HashSet<Value> { x })[x];
        behind.Output(behind.Node("Identity", [gradient]), "gradient", new TensorType(ElementType.Float32, null));
        using var model = OrtModel.Load(behind.Model);
        return model.Run(new Dictionary<string, Tensor>(StringComparer.Ordinal) { [input.Name] = input.Value })["gradient"];
    }
}
