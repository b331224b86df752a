using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Shapes;
using ModelCompiler.Training.Gradients;
using ModelCompiler.Training.Losses;
using ModelCompiler.Training.Quantized;

namespace ModelCompiler.Training.Networks;

/// <summary>
/// A student as one model that is trained: it reads samples, the teacher's answers to them, and the weights; it makes the loss, and its gradient by every weight.
/// </summary>
/// <param name="Model">The network.</param>
/// <param name="Parameters">The weights that have a gradient.</param>
/// <param name="Terms">What the loss is made of; the teacher's value of each is an input.</param>
/// <param name="Obstacles">What no gradient passes through, so that the weights in front of it stay as they are.</param>
internal sealed record TrainingNetwork(Model Model, IReadOnlyList<Parameter> Parameters, IReadOnlyList<TargetTerm> Terms, IReadOnlyList<GradientObstacle> Obstacles) : IDisposable
{
    /// <summary>The scalar output.</summary>
    public const string Loss = "training/loss";

    /// <param name="student">Simplified, of operator set 17 or later; left as it is.</param>
    /// <param name="terms">What it is to copy, with the loss of each.</param>
    /// <param name="inputs">Samples, joined along their first axis, from which all sizes follow.</param>
    public static TrainingNetwork Of(Model student, IReadOnlyList<(LossTerm Term, ILoss Loss)> terms, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var model = FittedModel.Of(student, inputs);
        var graph = model.Graph;
        var types = ShapeInference.Run(model);
        ShapeObservation.Complete(types, model, inputs);
        var values = graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>().ToDictionary(value => value.Name, StringComparer.Ordinal);
        var ends = terms.Select(term => values[term.Term.Student]).ToArray();
        var paths = GradientPaths.Of(graph, types, ends);
        var scales = LearnedScale.In(graph).Select(scale => scale.Factor).ToHashSet();
        var weights = TrainableWeights.In(graph).Concat(scales).Where(paths.Open.Contains).ToArray();
        var parameters = weights.Select(weight => new Parameter(weight.Name, weight.Initializer!) { RateFactor = scales.Contains(weight) ? LearnedScale.RateFactor : 1 }).ToArray();
        foreach (var weight in weights)
            graph.TurnIntoInput(weight);

        var builder = GraphBuilder.Behind(model);
        var writer = new GradientWriter(builder);
        var targets = new List<TargetTerm>();
        var (losses, seeds) = (new List<Value>(), new List<(Value, Value)>());
        foreach (var ((term, loss), end) in terms.Zip(ends))
        {
            var dims = types.ShapeOf(end)!.Sizes!;
            var target = builder.Input("teacher/" + term.Teacher, ElementType.Float32, dims);
            var (value, gradient) = loss.Write(writer, end, target, dims);
            targets.Add(new TargetTerm(term, target.Name, dims));
            losses.Add(value);
            seeds.Add((end, gradient));
        }

        var gradients = Backpropagation.Of(builder, types, seeds, weights.ToHashSet());
        graph.RemoveOutputs(_ => true);
        builder.Output(writer.Node("Identity", writer.Sum(losses)), Loss, new TensorType(ElementType.Float32, Shape.Scalar));
        foreach (var (weight, parameter) in weights.Zip(parameters).Where(pair => gradients.ContainsKey(pair.First)))
            builder.Output(writer.Node("Identity", gradients[weight]), parameter.Gradient, new TensorType(ElementType.Float32, Shape.Of(parameter.Start.Dims)));
        return new(model, [.. parameters.Where((_, i) => gradients.ContainsKey(weights[i]))], targets, paths.Obstacles);
    }

    /// <summary>The same without gradients, for measuring the loss.</summary>
    public Model ForLossOnly()
    {
        var copy = Model.Clone();
        copy.Graph.RemoveOutputs(output => output.Name != Loss);
        PassRunner.Run(copy, [new Passes.Simplify.RemoveDeadNodes()], new PassContext());
        return copy;
    }

    public void Dispose() => Model.Dispose();
}

/// <summary>A part of the loss.</summary>
/// <param name="Term">What is compared.</param>
/// <param name="Input">The network's input that is the teacher's value.</param>
/// <param name="Dims">Its shape.</param>
internal sealed record TargetTerm(LossTerm Term, string Input, long[] Dims);
