using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Training.Losses;

/// <summary>
/// Layers of a student that are to make what the same layers make in its teacher (FitNets, Romero et al. 2014, arXiv:1412.6550): where a student was cut out of its teacher,
/// layers that kept their width have the teacher's names and shapes. Every sample then says something of every layer, and not of the outputs alone.
/// </summary>
internal static class FeatureTerms
{
    private static readonly string[] Layers = ["Conv", "ConvTranspose", "Gemm", "MatMul"];

    private static readonly string[] Activations = ["Relu", "LeakyRelu", "PRelu", "Clip", "HardSwish", "Sigmoid", "Tanh"];

    /// <param name="student">Its sizes are fixed.</param>
    /// <param name="teacher">Its sizes are fixed.</param>
    /// <param name="weight">Of all of them together, beside the terms of outputs.</param>
    public static IReadOnlyList<LossTerm> Of(Model student, Model teacher, double weight)
    {
        var (mine, theirs) = (ShapeInference.Run(student), ShapeInference.Run(teacher));
        var known = ValuesOf(teacher.Graph).DistinctBy(value => value.Name, StringComparer.Ordinal).ToDictionary(value => value.Name, value => theirs.ShapeOf(value), StringComparer.Ordinal);
        var terms = ValuesOf(student.Graph)
            .Where(value => !value.IsGraphOutput && mine.ShapeOf(value) is { IsFixed: true } shape && shape.Equals(known.GetValueOrDefault(value.Name)))
            .Select(value => new LossTerm(value.Name, value.Name, TargetMeaning.Numbers))
            .ToArray();
        return [.. terms.Select(term => term with { Weight = weight / terms.Length })];
    }

    /// <summary>What each layer makes, behind its activation.</summary>
    private static IEnumerable<Value> ValuesOf(Graph graph) => graph.NodesOf(Layers).Select(layer =>
        layer.Output is { IsGraphOutput: false, Uses: [{ Node: var reader }] } && Activations.Contains(reader.OpType, StringComparer.Ordinal) ? reader.Output : layer.Output);
}
