using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Where rounding is fine, a network with Q/DQ has the gradients of the same network without.</summary>
public sealed class QuantizedNetworkGradientTests
{
    private static readonly string[] Differentiated = ["x", "w", "b", "v"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ConvolutionsWithRelu(int seed)
    {
        var random = new Random(seed);
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["x"] = Numbers.Uniform(random, 2, 3, 6, 6),
            ["w"] = Numbers.Uniform(random, 4, 3, 3, 3),
            ["b"] = Numbers.Uniform(random, 4),
            ["v"] = Numbers.Uniform(random, 2, 4, 3, 3),
        };

        var plain = Gradients(inputs, (_, value, _) => value);
        var rounded = Gradients(inputs, Rounded);

        foreach (var name in Differentiated)
        {
            var (expected, actual) = (plain[name + "_gradient"].ToFloats(), rounded[name + "_gradient"].ToFloats());
            var error = expected.Zip(actual, (a, b) => (double)(a - b) * (a - b)).Sum() / expected.Sum(a => (double)a * a);
            error.ShouldBeLessThan(1e-5, name);
            error.ShouldBeGreaterThan(name == "x" ? 0 : -1); // it is rounded
        }
    }

    private static Value Rounded(GraphBuilder builder, Value value, float reach)
    {
        var scale = builder.Initializer("scale", Tensor.Scalar(reach / short.MaxValue));
        var zero = builder.Initializer("zero", Tensor.Scalar((short)0));
        return builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [value, scale, zero]), scale, zero]);
    }

    private static IReadOnlyDictionary<string, Tensor> Gradients(Dictionary<string, Tensor> inputs, Func<GraphBuilder, Value, float, Value> round)
    {
        var builder = new GraphBuilder(21, irVersion: 10);
        var given = inputs.ToDictionary(input => input.Key, input => builder.Input(input.Key, ElementType.Float32, input.Value.Dims), StringComparer.Ordinal);
        var first = builder.Node("Conv", [round(builder, given["x"], 1), round(builder, given["w"], 1), given["b"]]);
        var hidden = round(builder, builder.Node("Relu", [first]), 32);
        var y = round(builder, builder.Node("Conv", [hidden, round(builder, given["v"], 1)]), 512);
        var types = ShapeInference.Run(builder.Model);
        var paths = GradientPaths.Of(builder.Model.Graph, types, [y]);
        paths.Obstacles.ShouldBeEmpty();
        paths.Open.ShouldContain(given["x"]);
        var dims = types.ShapeOf(y)!.Sizes!;
        var gradients = Backpropagation.Of(builder, types, [(y, builder.Initializer("seed", Numbers.Uniform(new Random(9), dims)))], given.Values.ToHashSet());
        foreach (var (name, value) in given)
            builder.Output(builder.Node("Identity", [gradients[value]]), name + "_gradient", new TensorType(ElementType.Float32, null));
        using var running = OrtModel.Load(builder.Model, ExecutionOptions.AsWritten);
        return running.Run(inputs);
    }
}
