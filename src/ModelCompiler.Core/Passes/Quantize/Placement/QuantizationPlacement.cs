using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Profiles;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Which nodes of a graph become integer, found from the graph alone.</summary>
/// <remarks>
/// Weighted operators are integer where they can be. Between them, an operator with an integer kernel follows when all it reads is integer
/// already, and when what it makes reaches a weighted operator again: the tail behind the last one (decoding of boxes, a softmax) stays in float,
/// where 8 bits would coarsen what the app reads and save nothing. What came quantized stays as it is: a value that has a scale and zero point counts
/// as integer, and the QuantizeLinear of one as a reader that wants integers. Where no weighted operator is left to place, nothing is.
/// On a device that has no float to fall back to, everything that can be integer is.
/// </remarks>
internal sealed class QuantizationPlacement
{
    private readonly Graph _graph;
    private readonly QuantizationScheme _scheme;
    private readonly InferredTypes _types;
    private readonly Func<Node, string?> _reasonToKeep;
    private readonly ILookup<Value, Node> _captures;
    private readonly HashSet<Node> _integer = [];
    private readonly Dictionary<Node, string> _kept = [];
    private readonly HashSet<Node> _body = [];
    private readonly HashSet<Value> _quantized = [];

    private QuantizationPlacement(Graph graph, QuantizationScheme scheme, Func<Node, string?> reasonToKeep)
    {
        _graph = graph;
        _scheme = scheme;
        _types = ShapeInference.Run(graph.Model);
        _reasonToKeep = reasonToKeep;
        _captures = graph.Nodes.SelectMany(node => node.Captures.Select(value => (value, node))).ToLookup(capture => capture.value, capture => capture.node);
        Existing = ExistingQuantization.Of(graph, scheme.Activations, _types);
    }

    /// <summary>What of the graph came quantized.</summary>
    public ExistingQuantization Existing { get; }

    /// <summary>The nodes that become integer, those that only move elements included.</summary>
    public IReadOnlySet<Node> Integer => _integer;

    /// <summary>The same in the order in which they run.</summary>
    public IEnumerable<Node> InOrder => _graph.Nodes.Where(_integer.Contains);

    /// <summary>Every value that becomes integer.</summary>
    public IReadOnlySet<Value> Quantized => _quantized;

    /// <param name="graph">The model's graph.</param>
    /// <param name="scheme">What the target runs on integers.</param>
    /// <param name="reasonToKeep">Why a node is to stay in float though the target could run it on integers, such as NaN in calibration; null where it is not.</param>
    public static QuantizationPlacement Of(Graph graph, QuantizationScheme scheme, Func<Node, string?> reasonToKeep)
    {
        var placement = new QuantizationPlacement(graph, scheme, reasonToKeep);
        placement.PlaceWeighted();
        if (scheme.Operators.Reach == QuantizationReach.Everything)
        {
            placement.KeepChosen();
            if (placement._integer.Count > 0 || placement.Existing.IsEmpty)
                placement.PlaceEverything();
            return placement;
        }

        placement.KeepProducts();
        placement.FindBody();
        placement.KeepDenseHeads();
        placement.KeepChosen(); // after the heads, which are found from the whole model
        placement.FindBody();
        if (placement._integer.Count > 0 || placement.Existing.IsEmpty)
            placement.PlaceBetween();
        placement.PoolBehindRounding();
        placement.LeaveIdleMoves();
        placement.CollectValues();
        return placement;
    }

    /// <summary>
    /// The Relu or Clip that a saturating integer output does by itself, where it is the only reader of the node; not one in front of an existing
    /// QuantizeLinear whose integers go on where the activation stops.
    /// </summary>
    public static Node? AbsorbableActivation(Node node) =>
        OnlyActivation(node) is { } activation && (ExistingQuantization.QuantizerOf(activation.Output) is not { } quantizer || Saturation.Does(quantizer, activation)) ? activation : null;

    /// <summary>The Relu or Clip that is all that reads a node.</summary>
    public static Node? OnlyActivation(Node node) =>
        node.Outputs is [{ IsGraphOutput: false, Uses: [{ Node: var reader }] }] && reader.Graph == node.Graph && Saturation.IsAroundZero(reader) ? reader : null;

    /// <summary>What a node hands to its integer readers: its output, or that of the activation that it absorbs.</summary>
    public static IEnumerable<Value> Results(Node node) =>
        IntegerOperators.RoleOf(node) is not IntegerRole.PassThrough && AbsorbableActivation(node) is { } activation
            ? [activation.Output]
            : node.Outputs.OfType<Value>();

    /// <summary>What a node reads and makes that is not constant.</summary>
    public static IEnumerable<Value> Activations(Node node) => DataValues(node).Concat(Results(node));

    public QuantizationSummary Summarize()
    {
        var nodes = _graph.SelfAndNested.SelectMany(graph => graph.Nodes).ToArray();
        var existing = nodes.Count(ExistingQuantization.IsInteger);
        var eligible = nodes.Where(node => IsEligible(node) && !ExistingQuantization.IsInteger(node)).ToArray();
        var kept = eligible.Where(node => !_integer.Contains(node)).Select(node => new KeptNode(node.ToString(), ReasonOf(node))).ToArray();
        return new(existing + eligible.Length, existing + eligible.Length - kept.Length, kept);
    }

    public void DeclineKept(PassContext context)
    {
        foreach (var (node, reason) in _kept.Where(kept => IsEligible(kept.Key)))
            context.Decline(node, reason);
    }

    private string ReasonOf(Node kept) =>
        _kept.GetValueOrDefault(kept) ?? (kept.Graph == _graph ? ExistingQuantization.KeptExactly : "it runs inside a control-flow operator");

    private IntegerRole RoleOf(Node node) => _scheme.Operators.RoleOf(node);

    private bool IsEligible(Node node) => RoleOf(node) is not (IntegerRole.None or IntegerRole.PassThrough) && !IsAbsorbed(node);

    /// <summary>True for an activation that goes, since the integers of what it reads saturate in its place.</summary>
    private bool IsAbsorbed(Node node) =>
        _scheme.Saturates && node.Input(0)?.Producer is { } producer && _integer.Contains(producer) && RoleOf(producer) != IntegerRole.PassThrough && AbsorbableActivation(producer) == node;

    private void PlaceWeighted()
    {
        foreach (var node in _graph.Nodes.Where(node => RoleOf(node) == IntegerRole.Weighted && !ExistingQuantization.StandsBetween(node)))
        {
            if ((WeightedNode.ReasonToKeep(node, _scheme, Existing) ?? ReasonNotToShare(node)) is { } reason)
                _kept[node] = reason;
            else
                _integer.Add(node);
        }
    }

    /// <summary>Gemm and MatMul may hand on floats, whatever becomes of those.</summary>
    private string? ReasonNotToShare(Node node) =>
        DataValues(node).Concat(node.Is("Gemm") || node.Is("MatMul") ? [] : Results(node)).Select(Existing.ReasonNotToShare).FirstOrDefault(reason => reason is not null);

    /// <summary>Those without a weight: their integers gain nothing where float is at hand.</summary>
    private void KeepProducts()
    {
        foreach (var node in _graph.Nodes.Where(node => RoleOf(node) == IntegerRole.Product))
            _kept[node] = WeightedNode.ReasonToKeep(node, _scheme, Existing) ?? "it has no weight";
    }

    /// <summary>The body is what a weighted integer node can be reached from.</summary>
    private void FindBody()
    {
        _body.Clear();
        foreach (var node in _graph.Nodes.Reverse())
        {
            var readers = node.Outputs.OfType<Value>().SelectMany(ReadersOf);
            if (readers.Any(reader => _integer.Contains(reader) || _body.Contains(reader) || StatedParameters.IsQuantizer(reader)))
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

    /// <summary>With the control-flow operators in whose nested graphs a value is read.</summary>
    private IEnumerable<Node> ReadersOf(Value value) => value.Consumers.Concat(_captures[value]);

    private HashSet<Node> Downstream(Node start)
    {
        var found = new HashSet<Node>();
        var open = new Stack<Node>([start]);
        while (open.TryPop(out var node))
        {
            foreach (var reader in node.Outputs.OfType<Value>().SelectMany(ReadersOf).Where(found.Add))
                open.Push(reader);
        }

        return found;
    }

    private bool HasOnePosition(Value value) => _types.ShapeOf(value) is { Rank: > 2 } shape && shape.Skip(2).All(dimension => dimension.Size == 1);

    private void PlaceBetween()
    {
        _quantized.UnionWith(_integer.Select(node => node.Inputs[0]!));
        _quantized.UnionWith(Existing.Parameters.Keys);
        foreach (var node in _graph.Nodes.Where(node => !ExistingQuantization.StandsBetween(node)))
        {
            if (_integer.Contains(node))
                _quantized.UnionWith(IntegerResults(node));
            if (RoleOf(node) is not (IntegerRole.Kernel or IntegerRole.Normalization or IntegerRole.PassThrough) || IsAbsorbed(node))
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

    /// <summary>
    /// Float → MaxPool → integers: what the pool reads is rounded instead of what it makes, which is the same. ONNX Runtime would do it by itself at load, where it leaves the pool to a kernel that takes
    /// forty times as long as the one for channels last, which is written for it here.
    /// </summary>
    private void PoolBehindRounding()
    {
        foreach (var pool in _graph.Nodes.Reverse().Where(node => node.Is("MaxPool") && RoleOf(node) == IntegerRole.PassThrough && !_integer.Contains(node) && node.Outputs.Count == 1))
        {
            if (_quantized.Contains(pool.Output) && !pool.Output.IsGraphOutput && pool.Output.Uses.All(use => _integer.Contains(use.Node)) && !ExistingQuantization.StandsBetween(pool) && CanStand(pool))
            {
                _kept.Remove(pool);
                Place(pool);
            }
        }
    }

    private string? ReasonNotToFollow(Node node)
    {
        if (!_body.Contains(node))
            return "nothing integer follows it";
        if (!DataValues(node).Any())
            return "it reads constants only";
        if (ReasonNotToShare(node) is { } foreign)
            return foreign;
        if (DataValues(node).FirstOrDefault(value => !_quantized.Contains(value)) is { } inFloat)
            return $"its input '{inFloat.Name}' is computed in float";
        return ReasonInConstants(node) ?? _reasonToKeep(node);
    }

    private static string? ReasonInConstants(Node node)
    {
        if (IntegerOperators.RoleOf(node) == IntegerRole.Normalization)
            return NormalizationNode.ReasonToKeep(node);
        return IntegerOperators.DataInputs(node).Any(index => node.Input(index)?.Constant is { } constant && !IsUsableConstant(constant)) ? "its constant cannot be quantized" : null;
    }

    /// <summary>Operators that only move numbers do so with integers where there are any: behind an integer operator, or in front of one.</summary>
    private void PlaceEverything()
    {
        foreach (var node in _graph.Nodes.Where(node => RoleOf(node) != IntegerRole.None && !IsAbsorbed(node) && !ExistingQuantization.StandsBetween(node)))
        {
            if (RoleOf(node) == IntegerRole.Weighted ? _integer.Contains(node) : (RoleOf(node) != IntegerRole.PassThrough || _quantized.Contains(node.Inputs[0]!)) && CanStand(node))
                Place(node);
        }

        foreach (var node in _graph.Nodes.Reverse().Where(node => RoleOf(node) == IntegerRole.PassThrough && !ExistingQuantization.StandsBetween(node) && node.Outputs.OfType<Value>().Any(_quantized.Contains)))
        {
            if (CanStand(node))
                Place(node);
        }
    }

    private void Place(Node node)
    {
        _integer.Add(node);
        _quantized.UnionWith(Activations(node));
    }

    private bool CanStand(Node node)
    {
        var reason = !DataValues(node).Any() ? "it reads constants only"
            : Activations(node).Any(value => _types.ElementOf(value) != ElementType.Float32) ? "it does not compute in float32"
            : ReasonNotToShare(node) ?? ReasonInConstants(node) ?? _reasonToKeep(node);
        if (reason is not null)
            _kept[node] = reason;
        return reason is null;
    }

    private static IEnumerable<Value> DataValues(Node node) =>
        IntegerOperators.DataInputs(node).Select(node.Input).OfType<Value>().Where(value => value.Constant is null);

    private static bool IsUsableConstant(Tensor constant) =>
        constant.Type == ElementType.Float32 && constant.Count > 0 && FiniteWeights.Are(constant);

    /// <summary>Gemm and MatMul can hand floats to readers that want floats; the other kernels make integers only.</summary>
    private IEnumerable<Value> IntegerResults(Node node) =>
        !IsProduct(node) ? Results(node) : Results(node).Where(result => result.Consumers.Any(IsIntegerReader) && Existing.ReasonNotToShare(result) is null);

    private static bool IsProduct(Node node) => node.Is("Gemm") || node.Is("MatMul");

    private bool IsIntegerReader(Node reader) =>
        _integer.Contains(reader) || (_body.Contains(reader) && RoleOf(reader) is IntegerRole.Kernel or IntegerRole.Normalization or IntegerRole.PassThrough);

    /// <summary>What moves integers between values that are quantized anyway, with no operator beside it that becomes integer, stays as it is.</summary>
    private void LeaveIdleMoves()
    {
        var busy = _integer.Where(node => RoleOf(node) != IntegerRole.PassThrough).ToHashSet();
        var open = new Stack<Node>(busy);
        while (open.TryPop(out var node))
        {
            var beside = node.Inputs.Select(input => input?.Producer).OfType<Node>().Concat(node.Outputs.Concat(Results(node)).OfType<Value>().SelectMany(output => output.Consumers));
            foreach (var next in beside.Where(next => _integer.Contains(next) && busy.Add(next)))
                open.Push(next);
        }

        _integer.IntersectWith(busy);
    }

    /// <summary>Values that no integer node reads or makes after all are dropped.</summary>
    private void CollectValues()
    {
        var touched = _integer.SelectMany(DataValues).ToHashSet();
        foreach (var node in _integer.Where(node => !IsProduct(node)))
            touched.UnionWith(Results(node));
        _quantized.IntersectWith(touched);
    }
}
