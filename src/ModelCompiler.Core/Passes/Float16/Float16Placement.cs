using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Which nodes of a graph compute in float16, and why the others do not.</summary>
internal sealed class Float16Placement
{
    /// <summary>Beyond this a float16 has fewer than two digits behind the point, and sums of such numbers soon leave its range.</summary>
    private const float LargestActivation = 512;

    private readonly Graph _graph;
    private readonly InferredTypes _types;
    private readonly Dictionary<Value, GreatestMagnitude> _magnitudes = [];

    private readonly HashSet<Node> _chosen = [];

    private Float16Placement(Graph graph) => (_graph, _types) = (graph, ShapeInference.Run(graph.Model));

    /// <summary>The nodes that compute in float16, in the graph's order.</summary>
    public IEnumerable<Node> Nodes => _graph.Nodes.Where(_chosen.Contains);

    /// <param name="graph">The model's own graph.</param>
    /// <param name="calibration">Shows how large values get; null takes them for small.</param>
    /// <param name="context">Is told why a node stays in float32 that could be float16 by its operator.</param>
    public static Float16Placement Of(Graph graph, ICalibration? calibration, PassContext context)
    {
        var placement = new Float16Placement(graph);
        var able = graph.Nodes.Where(placement.IsAble).ToArray();
        placement.Watch(able, calibration);
        foreach (var node in able)
        {
            if (placement.ReasonToKeep(node) is { } reason)
                context.Decline(node, reason);
            else
                placement._chosen.Add(node);
        }

        return placement;
    }

    /// <summary>True for one of <see cref="Nodes"/>.</summary>
    public bool Contains(Node node) => _chosen.Contains(node);

    /// <summary>True for a value that becomes float16 in a node that does.</summary>
    public bool IsFloat(Value value) => _types.ElementOf(value) == ElementType.Float32;

    /// <summary>The type of a value in float16.</summary>
    public TensorType HalfOf(Value value) => new(ElementType.Float16, _types.ShapeOf(value));

    /// <summary>A node whose operator does it, all of whose types are known and that has float32 to compute with.</summary>
    private bool IsAble(Node node) =>
        Float16Operators.Contains(node)
        && node.Inputs.Concat(node.Outputs).OfType<Value>().All(value => _types.ElementOf(value) != ElementType.Undefined)
        && node.Inputs.OfType<Value>().Any(IsFloat)
        && node.Outputs.OfType<Value>().Any(IsFloat);

    private void Watch(IReadOnlyCollection<Node> nodes, ICalibration? calibration)
    {
        foreach (var value in nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).OfType<Value>())
        {
            if (value.Graph == _graph && value.Constant is null && IsFloat(value))
                _magnitudes.TryAdd(value, new GreatestMagnitude());
        }

        calibration?.Observe(_graph.Model, _magnitudes.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<IActivationObserver>)[pair.Value]));
    }

    private string? ReasonToKeep(Node node)
    {
        if (ExistingQuantization.StandsBetween(node) || ExistingQuantization.IsActivationBetween(node))
            return ExistingQuantization.KeptExactly;
        foreach (var value in node.Inputs.Concat(node.Outputs).OfType<Value>().Where(IsFloat))
        {
            if (value.Constant is { } tensor && !Float16Weight.Fits(tensor))
                return $"'{value.Name}' holds numbers that float16 has no place for";
            if (_magnitudes.TryGetValue(value, out var seen) && !(seen.Result <= LargestActivation))
                return string.Create(CultureInfo.InvariantCulture, $"'{value.Name}' gets as large as {seen.Result:G3}");
        }

        return null;
    }
}
