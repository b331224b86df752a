using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>
/// Compares the gradients of an operator with central differences: f(x + εd) − f(x − εd) ÷ 2ε for random directions d, extrapolated from two ε. What f is: the sum of all
/// float outputs with random weights. A wrong element changes the derivative in almost every direction.
/// </summary>
internal static class GradientCheck
{
    private const double Epsilon = 1.0 / 128;
    private const int Directions = 2;

    /// <summary>Writes operators on named inputs, and returns the values that are differentiated.</summary>
    public delegate IReadOnlyList<Value> Network(GraphBuilder builder, IReadOnlyDictionary<string, Value> inputs);

    /// <summary>One node with one output, on inputs in the order given.</summary>
    public static Network Operator(string opType, params (string Name, AttributeValue Value)[] attributes) => (builder, inputs) =>
        [builder.Node(opType, [.. inputs.Values], attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal))];

    /// <summary>Fails where a gradient is wrong, or missing.</summary>
    /// <param name="network">What is differentiated.</param>
    /// <param name="seed">Of output weights and directions.</param>
    /// <param name="inputs">All float32 ones are differentiated. Elements near kinks should be at least 0.02 away from them (<see cref="Numbers.Apart"/>).</param>
    public static void Run(Network network, int seed, params (string Name, Tensor Value)[] inputs) => Run(network, 17, seed, inputs);

    /// <param name="network">What is differentiated.</param>
    /// <param name="opset">Operator set of the model.</param>
    /// <param name="seed">Of output weights and directions.</param>
    /// <param name="inputs">All float32 ones are differentiated.</param>
    public static void Run(Network network, long opset, int seed, params (string Name, Tensor Value)[] inputs)
    {
        var random = new Random(seed);
        var given = inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);
        var differentiated = inputs.Where(input => input.Value.Type == ElementType.Float32).Select(input => input.Name).ToArray();
        using var forward = OrtModel.Load(Build(network, opset, inputs, out var outputs), ExecutionOptions.AsWritten);
        var weights = forward.Run(given).ToDictionary(output => output.Key, output => Numbers.Uniform(random, output.Value.Dims), StringComparer.Ordinal);
        using var backward = OrtModel.Load(Differentiate(network, opset, inputs, outputs, weights, differentiated));
        var gradients = backward.Run(given);
        foreach (var name in differentiated)
        {
            gradients[name + "_gradient"].Dims.ToArray().ShouldBe(given[name].Dims.ToArray());
            for (var i = 0; i < Directions; i++)
                CheckDirection(name, Direction(random, given[name]), gradients[name + "_gradient"]);
        }

        void CheckDirection(string name, Tensor direction, Tensor gradient)
        {
            var products = gradient.ToFloats().Zip(direction.ToFloats(), (a, b) => (double)a * b).ToArray();
            var (analytic, size) = (products.Sum(), products.Sum(Math.Abs));
            var numeric = ((4 * Difference(Epsilon / 2)) - Difference(Epsilon)) / 3;
            (Math.Abs(numeric - analytic) < (1e-3 * size) + 2e-3).ShouldBeTrue($"∂/∂{name}: {analytic} by the rule, {numeric} by differences (seed {seed}, {string.Join(", ", inputs.Select(input => $"{input.Name} {input.Value}"))})");

            double Difference(double epsilon) => (Value(epsilon) - Value(-epsilon)) / (2 * epsilon);

            double Value(double epsilon)
            {
                var moved = new Dictionary<string, Tensor>(given, StringComparer.Ordinal) { [name] = Moved(given[name], direction, epsilon) };
                return forward.Run(moved).Sum(output => output.Value.ToFloats().Zip(weights[output.Key].ToFloats(), (value, weight) => (double)value * weight).Sum());
            }
        }
    }

    private static Model Build(Network network, long opset, (string Name, Tensor Value)[] inputs, out Value[] outputs)
    {
        var builder = new GraphBuilder(opset, irVersion: opset > 17 ? 10 : 8);
        outputs = [.. network(builder, inputs.ToDictionary(input => input.Name, input => builder.Input(input.Name, input.Value.Type, input.Value.Dims), StringComparer.Ordinal))];
        foreach (var (i, output) in outputs.Index())
            builder.Output(output, $"y{i}", new TensorType(ElementType.Float32, null));
        return builder.Model;
    }

    private static Model Differentiate(Network network, long opset, (string Name, Tensor Value)[] inputs, Value[] names, Dictionary<string, Tensor> weights, string[] differentiated)
    {
        var model = Build(network, opset, inputs, out var outputs);
        var types = ShapeInference.Run(model);
        ShapeObservation.Complete(types, model, inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal));
        var paths = GradientPaths.Of(model.Graph, types, outputs);
        paths.Obstacles.Count.ShouldBe(0, string.Join("; ", paths.Obstacles.Select(obstacle => $"{obstacle.Node}: {obstacle.Reason}")));
        var builder = GraphBuilder.Behind(model);
        var seeds = outputs.Zip(names, (output, name) => (output, builder.Initializer("seed", weights[name.Name]))).ToArray();
        var wanted = model.Graph.Inputs.Where(input => differentiated.Contains(input.Name, StringComparer.Ordinal)).ToHashSet();
        var gradients = Backpropagation.Of(builder, types, seeds, wanted);
        model.Graph.RemoveOutputs(_ => true);
        foreach (var input in wanted)
        {
            gradients.ContainsKey(input).ShouldBeTrue($"'{input.Name}' has no gradient");
            builder.Output(builder.Node("Identity", [gradients[input]]), input.Name + "_gradient", new TensorType(ElementType.Float32, null));
        }

        return model;
    }

    private static Tensor Direction(Random random, Tensor value) => Numbers.Uniform(random, value.Dims);

    private static Tensor Moved(Tensor value, Tensor direction, double epsilon) =>
        Tensor.Of(value.ToFloats().Zip(direction.ToFloats(), (x, d) => (float)(x + (epsilon * d))).ToArray(), value.Dims);
}
