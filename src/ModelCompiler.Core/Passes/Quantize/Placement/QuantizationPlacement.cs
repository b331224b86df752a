using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Which nodes of a graph become integer, found from the graph alone.</summary>
/// <remarks>
/// Weighted operators are integer where they can be. Between them, an operator with an integer kernel follows when all it reads is integer
/// already, and when what it makes reaches a weighted operator again: the tail behind the last one (decoding of boxes, a softmax) stays in float,
/// where 8 bits would coarsen what the app reads and save nothing.
/// </remarks>
internal sealed class QuantizationPlacement
{
    private readonly Graph _graph;
    private readonly IReadOnlySet<string> _operators;
    private readonly InferredTypes _types;
    private readonly Func<Node, string?> _reasonToKeep;
    private readonly HashSet<Node> _integer = [];
    private readonly Dictionary<Node, string> _kept = [];
    private readonly HashSet<Node> _body = [];
    private readonly HashSet<Value> _quantized = [];

    private QuantizationPlacement(Graph graph, IReadOnlySet<string> operators, Func<Node, string?> reasonToKeep)
    {
        _graph = graph;
        _operators = operators;
        _types = ShapeInference.Run(graph.Model);
        _reasonToKeep = reasonToKeep;
    }

    /// <summary>The nodes that become integer, those that only move elements included.</summary>
    public IReadOnlySet<Node> Integer => _integer;

    /// <summary>Every value that becomes integer.</summary>
    public IReadOnlySet<Value> Quantized => _quantized;

    /// <param name="graph">The model's graph.</param>
    /// <param name="operators">The operators that the target runs on integers.</param>
    /// <param name="reasonToKeep">Why a node is to stay in float though the target could run it on integers, such as NaN in calibration; null where it is not.</param>
    public static QuantizationPlacement Of(Graph graph, IReadOnlySet<string> operators, Func<Node, string?> reasonToKeep)
    {
        var placement = new QuantizationPlacement(graph, operators, reasonToKeep);
        placement.PlaceWeighted();
        placement.FindBody();
        placement.KeepDenseHeads();
        placement.KeepChosen(); // after the heads, which are found from the whole model
        placement.FindBody();
        placement.PlaceBetween();
        placement.CollectValues();
        return placement;
    }

    /// <summary>The Relu or Clip that a saturating integer output does by itself, where it is the only reader of the node.</summary>
    public static Node? AbsorbableActivation(Node node) =>
        node.Outputs is [{ IsGraphOutput: false, Uses: [{ Node: var reader }] }] && reader.Graph == node.Graph && IsClipAroundZero(reader) ? reader : null;

    /// <summary>What a node hands to its integer readers: its output, or that of the activation that it absorbs.</summary>
    public static IEnumerable<Value> Results(Node node) =>
        IntegerOperators.RoleOf(node) is not IntegerRole.PassThrough && AbsorbableActivation(node) is { } activation
            ? [activation.Output]
            : node.Outputs.OfType<Value>();

    /// <summary>What a node reads and makes that is not constant.</summary>
    public static IEnumerable<Value> Activations(Node node) => DataValues(node).Concat(Results(node));

    public QuantizationSummary Summarize()
    {
        var eligible = _graph.SelfAndNested.SelectMany(graph => graph.Nodes).Where(IsEligible).ToArray();
        var kept = eligible.Where(node => !_integer.Contains(node))
            .Select(node => new KeptNode(node.ToString(), _kept.GetValueOrDefault(node, "it runs inside a control-flow operator")))
            .ToArray();
        return new(eligible.Length, eligible.Length - kept.Length, kept);
    }

    public void DeclineKept(PassContext context)
    {
        foreach (var (node, reason) in _kept.Where(kept => IsEligible(kept.Key)))
            context.Decline(node, reason);
    }

    private IntegerRole RoleOf(Node node) => _operators.Contains(node.OpType) ? IntegerOperators.RoleOf(node) : IntegerRole.None;

    private bool IsEligible(Node node) => RoleOf(node) is IntegerRole.Weighted or IntegerRole.Kernel;

    private static bool IsClipAroundZero(Node node)
    {
        if (node.Is("Relu"))
            return true;
        return node.Is("Clip") && Bound(node, 1, float.NegativeInfinity) <= 0 && Bound(node, 2, float.PositiveInfinity) >= 0;
    }

    /// <summary>NaN where the bound is computed, which compares as false.</summary>
    private static float Bound(Node clip, int index, float otherwise) =>
        clip.Input(index) is not { } bound ? otherwise : bound.Constant is { Type: ElementType.Float32, Count: 1 } known ? known.Span<float>()[0] : float.NaN;

    private void PlaceWeighted()
    {
        foreach (var node in _graph.Nodes.Where(node => RoleOf(node) == IntegerRole.Weighted))
        {
            if (WeightedNode.ReasonToKeep(node) is { } reason)
                _kept[node] = reason;
            else
                _integer.Add(node);
        }
    }

    /// <summary>The body is what a weighted integer node can be reached from.</summary>
    private void FindBody()
    {
        _body.Clear();
        foreach (var node in _graph.Nodes.Reverse())
        {
            var readers = node.Outputs.OfType<Value>().SelectMany(output => output.Consumers);
            if (readers.Any(reader => _integer.Contains(reader) || _body.Contains(reader)))
                _body.Add(node);
        }
    }

    /// <summary>
    /// A last convolution whose output keeps its positions up to the model's output predicts boxes, masks or pixels:
    /// it is small, and its numbers are read one by one, so that it stays in float. One that is averaged or flattened into scores does not.
    /// </summary>
    private void KeepDenseHeads()
    {
        foreach (var node in _integer.Where(node => node.Is("Conv") && !_body.Contains(node)).ToArray())
        {
            if (Downstream(node).Any(IsPooling) || HasOnePosition(node.Output))
                continue;
            _integer.Remove(node);
            _kept[node] = "it is the last layer of a dense prediction, whose numbers are read one by one";
        }
    }

    private void KeepChosen()
    {
        foreach (var node in _integer.ToArray())
        {
            if (_reasonToKeep(node) is not { } reason)
                continue;
            _integer.Remove(node);
            _kept[node] = reason;
        }
    }

    private static bool IsPooling(Node node) =>
        node.OpType is "GlobalAveragePool" or "GlobalMaxPool" or "AveragePool" or "ReduceMean" or "ReduceMax" or "ReduceSum";

    private static HashSet<Node> Downstream(Node start)
    {
        var found = new HashSet<Node>();
        var open = new Stack<Node>([start]);
        while (open.TryPop(out var node))
        {
            foreach (var reader in node.Outputs.OfType<Value>().SelectMany(output => output.Consumers).Where(found.Add))
                open.Push(reader);
        }

        return found;
    }

    private bool HasOnePosition(Value value) => _types.ShapeOf(value) is { Rank: > 2 } shape && shape.Skip(2).All(dimension => dimension.Size == 1);

    private void PlaceBetween()
    {
        _quantized.UnionWith(_integer.Select(node => node.Inputs[0]!));
        foreach (var node in _graph.Nodes)
        {
            if (_integer.Contains(node))
                _quantized.UnionWith(IntegerResults(node));
            if (RoleOf(node) is not (IntegerRole.Kernel or IntegerRole.PassThrough))
                continue;
            if (ReasonNotToFollow(node) is { } reason)
            {
                _kept[node] = reason;
                continue;
            }

            _integer.Add(node);
            _quantized.UnionWith(Results(node));
        }
    }

    private string? ReasonNotToFollow(Node node)
    {
        if (!_body.Contains(node))
            return "nothing integer follows it";
        if (!DataValues(node).Any())
            return "it reads constants only";
        if (DataValues(node).FirstOrDefault(value => !_quantized.Contains(value)) is { } inFloat)
            return $"its input '{inFloat.Name}' is computed in float";
        if (IntegerOperators.DataInputs(node).Any(index => node.Input(index)?.Constant is { } constant && !IsUsableConstant(constant)))
            return "its constant cannot be quantized";
        return _reasonToKeep(node);
    }

    private static IEnumerable<Value> DataValues(Node node) =>
        IntegerOperators.DataInputs(node).Select(node.Input).OfType<Value>().Where(value => value.Constant is null);

    private static bool IsUsableConstant(Tensor constant) =>
        constant.Type == ElementType.Float32 && constant.Count > 0 && FiniteWeights.Are(constant);

    /// <summary>Gemm and MatMul can hand floats to readers that want floats; the other kernels make integers only.</summary>
    private IEnumerable<Value> IntegerResults(Node node) =>
        node.Is("Conv") ? Results(node) : Results(node).Where(result => result.Consumers.Any(IsIntegerReader));

    private bool IsIntegerReader(Node reader) =>
        _integer.Contains(reader) || (_body.Contains(reader) && RoleOf(reader) is IntegerRole.Kernel or IntegerRole.PassThrough);

    /// <summary>Values that no integer node reads or makes after all are dropped.</summary>
    private void CollectValues()
    {
        var touched = _integer.SelectMany(DataValues).ToHashSet();
        foreach (var node in _integer.Where(node => !node.Is("Gemm") && !node.Is("MatMul")))
            touched.UnionWith(Results(node));
        _quantized.IntersectWith(touched);
    }
}
