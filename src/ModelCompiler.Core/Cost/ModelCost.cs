using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Cost;

/// <summary>What a model costs, computed from its graph alone.</summary>
/// <param name="Parameters">
/// Numbers in all weights, initializers and Constant nodes alike, nested graphs included, a shared weight once. Tensors of int64, bool and
/// strings do not count: they are shapes, axes, indices and vocabularies.
/// </param>
/// <param name="WeightBytes">Bytes that these same tensors take, and those that do not count as parameters.</param>
/// <param name="Macs">
/// Multiply-accumulates of one sample in convolutions, matrix products and recurrent layers, quantized forms included; additions, activations
/// and normalizations count nothing. One sample is the smallest input: every open first dimension is 1. Null where sizes are not known.
/// </param>
/// <param name="PeakActivationBytes">
/// The largest sum of bytes alive at once when nodes run in their order: an input until its last reader has run, a node's output from then until
/// its last reader has run, an output of the model to the end; no buffer is reused in place, weights do not count. Null where sizes are not known.
/// </param>
public sealed record ModelCost(long Parameters, long WeightBytes, long? Macs, long? PeakActivationBytes)
{
    /// <summary>The cost of a model with every open first dimension of its inputs set to 1.</summary>
    public static ModelCost Of(Model model) => Of(model, new Dictionary<Value, Shape>());

    /// <summary>The cost of a model whose inputs have the given shapes; inputs that are not named have an open first dimension set to 1.</summary>
    public static ModelCost Of(Model model, IReadOnlyDictionary<Value, Shape> inputShapes) => Of(model, TypesOfOneSample(model, inputShapes));

    /// <summary>The cost of a model whose values have the given types.</summary>
    public static ModelCost Of(Model model, InferredTypes types)
    {
        var weights = Weights(model).ToArray();
        return new ModelCost(
            weights.Where(CountsAsParameters).Sum(weight => weight.Count),
            weights.Sum(weight => weight.Data.Length + weight.Strings.Sum(text => (long)text.Length)),
            MultiplyAccumulates.Of(model.Graph, types),
            ActivationMemory.Peak(model.Graph, types));
    }

    /// <summary>The types of all values when every open first dimension of the inputs is 1.</summary>
    internal static InferredTypes TypesOfOneSample(Model model) => TypesOfOneSample(model, new Dictionary<Value, Shape>());

    private static InferredTypes TypesOfOneSample(Model model, IReadOnlyDictionary<Value, Shape> inputShapes)
    {
        var shapes = new Dictionary<Value, Shape>(inputShapes);
        foreach (var input in model.Graph.RequiredInputs)
        {
            if (!shapes.ContainsKey(input) && OneSample(input.Shape) is { } shape)
                shapes[input] = shape;
        }

        return ShapeInference.Run(model, shapes);
    }

    private static Shape? OneSample(Shape? shape) => shape is { Rank: > 0 } && !shape[0].IsFixed ? shape.With(0, Dimension.Of(1)) : null;

    private static IEnumerable<Tensor> Weights(Model model) => model.Graph.SelfAndNested.SelectMany(graph =>
        graph.Initializers.Select(value => value.Initializer!)
            .Concat(graph.NodesOf("Constant").Select(constant => constant.GetTensor("value")).OfType<Tensor>()));

    private static bool CountsAsParameters(Tensor weight) => weight.Type is not (ElementType.Int64 or ElementType.Bool or ElementType.String);
}
