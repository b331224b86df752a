using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>What of a graph came quantized: the scales and zero points that its Q/DQ give to values, and the operators that are integer already.</summary>
/// <remarks>
/// All of it is kept. What is quantized beside it takes over the scale and zero point of a value that has one, so that no value is quantized twice,
/// and stays in float where those are not of the target's format.
/// </remarks>
internal sealed class ExistingQuantization
{
    /// <summary>Why float operators of a model whose layers are all integer stay as they are.</summary>
    public const string KeptExactly = "the model came quantized and is kept exactly";

    private readonly Dictionary<Value, QuantizationParameters> _parameters = [];
    private readonly Dictionary<Value, string> _foreign = [];

    private ExistingQuantization()
    {
    }

    /// <summary>Scale and zero point of the values that have integers of the target's format: those that a DequantizeLinear makes or a QuantizeLinear reads.</summary>
    public IReadOnlyDictionary<Value, QuantizationParameters> Parameters => _parameters;

    /// <summary>True for a graph that holds no Q/DQ.</summary>
    public bool IsEmpty => _parameters.Count == 0 && _foreign.Count == 0;

    /// <param name="graph">The model's own graph.</param>
    /// <param name="format">What the target's kernels take for activations.</param>
    /// <param name="types">Of the graph.</param>
    public static ExistingQuantization Of(Graph graph, IntegerFormat format, InferredTypes types)
    {
        var existing = new ExistingQuantization();
        foreach (var node in graph.Nodes)
        {
            if (StatedParameters.IsDequantizer(node))
                existing.Add(node.Output, StatedParameters.Of(node, format, types));
            foreach (var value in node.Outputs.OfType<Value>().Where(value => !StatedParameters.IsDequantizer(node)))
                existing.AddQuantizersOf(value, format, types);
        }

        foreach (var input in graph.Inputs.Where(input => input.Constant is null))
            existing.AddQuantizersOf(input, format, types);
        existing.SpreadForeign(graph);
        return existing;
    }

    /// <summary>True for an operator that is integer already: between DequantizeLinear and QuantizeLinear, or an operator on integers itself.</summary>
    public static bool IsInteger(Node node) => QuantizedOperand.AreAround(node) || IsIntegerKernel(node);

    /// <summary>True for an operator between Q/DQ of the model's own, those that only move integers included. It is left as it is.</summary>
    public static bool StandsBetween(Node node) =>
        QuantizedOperand.AreAround(node) ||
        (IntegerOperators.RoleOf(node) == IntegerRole.PassThrough && StatedParameters.IsDequantized(node.Input(0))
            && node.Outputs.OfType<Value>().All(output => output.Consumers.Any() && output.Consumers.All(StatedParameters.IsQuantizer)));

    /// <summary>True for the Relu or Clip of an operator between Q/DQ, which a runtime takes into its integers.</summary>
    public static bool IsActivationBetween(Node node) =>
        (node.Is("Relu") || node.Is("Clip")) && node.Input(0)?.Producer is { } maker && QuantizedOperand.AreAround(maker) && node.Output.Consumers.Any(StatedParameters.IsQuantizer);

    /// <summary>The QuantizeLinear that makes integers of a value, where there is one.</summary>
    public static Node? QuantizerOf(Value value) => value.Uses.FirstOrDefault(use => IsQuantizer(use) && use.Node.Graph == value.Graph).Node;

    /// <summary>The reason why a value cannot be taken over in integers; null where it can, or where it has none.</summary>
    public string? ReasonNotToShare(Value value) => _foreign.GetValueOrDefault(value);

    /// <summary>True for an operator between Q/DQ whose formats are the target's, all of them: it can be written as an operator on integers.</summary>
    public bool IsOfTarget(Node node, QuantizationScheme scheme) =>
        StandsBetween(node)
        && IntegerOperators.DataInputs(node).All(index => _parameters.ContainsKey(node.Input(index)!))
        && QuantizationPlacement.Results(node).All(result => _parameters.ContainsKey(result) || node.Is("Gemm") || node.Is("MatMul"))
        && (IntegerOperators.RoleOf(node) != IntegerRole.Weighted || ExistingWeight.ReasonToKeep(node, scheme, this) is null);

    /// <summary>What is only moved or cut off stays what it is: foreign integers do on their way to the operators that compute, and so do those that are to become foreign.</summary>
    private void SpreadForeign(Graph graph)
    {
        var moves = graph.Nodes.Where(node => (IntegerOperators.RoleOf(node) == IntegerRole.PassThrough || Saturation.IsAroundZero(node)) && node.Input(0) is { Constant: null }).ToArray();
        foreach (var move in moves)
        {
            foreach (var output in move.Outputs.OfType<Value>().Where(output => !_parameters.ContainsKey(output)))
                Copy(move.Inputs[0]!, output);
        }

        foreach (var move in moves.Reverse().Where(move => !_parameters.ContainsKey(move.Inputs[0]!)))
        {
            foreach (var output in move.Outputs.OfType<Value>())
                Copy(output, move.Inputs[0]!);
        }
    }

    private void Copy(Value foreign, Value to)
    {
        if (_foreign.TryGetValue(foreign, out var reason))
            _foreign.TryAdd(to, reason);
    }

    private void Add(Value value, StatedParameters stated)
    {
        if (stated.Parameters is { } parameters)
            _parameters.Add(value, parameters);
        else
            _foreign.Add(value, $"{stated.Foreign} stand for '{value.Name}', which the target's kernels do not take");
    }

    private void AddQuantizersOf(Value value, IntegerFormat format, InferredTypes types)
    {
        switch (value.Uses.Where(IsQuantizer).Select(use => use.Node).ToArray())
        {
            case []:
                break;
            case [var quantizer] when quantizer.Graph == value.Graph:
                Add(value, StatedParameters.Of(quantizer, format, types));
                break;
            default:
                _foreign.Add(value, $"'{value.Name}' is turned into integers in several places, or in a nested graph");
                break;
        }
    }

    private static bool IsQuantizer(Use use) => use.Index == 0 && StatedParameters.IsQuantizer(use.Node);

    private static bool IsIntegerKernel(Node node) => IntegerOperators.IsQuantized(node) && !node.OpType.EndsWith("QuantizeLinear", StringComparison.Ordinal) && node.OpType != "DequantizeLinear";
}
