using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// Finds scale and zero point of every quantized value. Values that an operator only moves share theirs; so do the inputs of a Concat with
/// its output where nobody else reads them, since they are brought to its scale anyway and Concat becomes a copy.
/// </summary>
internal sealed class SharedParameters
{
    private readonly Dictionary<Value, Value> _parents = [];
    private readonly Dictionary<Value, ValueRange> _ranges;

    private SharedParameters(Dictionary<Value, ValueRange> ranges) => _ranges = ranges;

    public static Dictionary<Value, QuantizationParameters> Of(QuantizationPlacement placement, ActivationStatistics observed, IntegerFormat format)
    {
        var shared = new SharedParameters(placement.Quantized.ToDictionary(value => value, value => RangeOf(value, observed)));
        foreach (var node in placement.Integer)
        {
            foreach (var (one, other) in Tied(node, shared))
                shared.Join(one, other);
        }

        return placement.Quantized.ToDictionary(value => value, value => QuantizationParameters.Covering(shared._ranges[shared.Root(value)], format));
    }

    private static ValueRange RangeOf(Value value, ActivationStatistics observed) =>
        value.Producer is { } producer && IntegerOperators.FixedRange(producer) is { } known ? known : observed.RangeOf(value);

    private static IEnumerable<(Value One, Value Other)> Tied(Node node, SharedParameters shared)
    {
        if (IntegerOperators.RoleOf(node) == IntegerRole.PassThrough)
            return node.Outputs.OfType<Value>().Where(shared._ranges.ContainsKey).Select(output => (node.Inputs[0]!, output));
        return node.Is("Concat")
            ? node.Inputs.OfType<Value>().Distinct().Where(input => shared.MayWiden(input, node)).Select(input => (input, node.Output))
            : [];
    }

    /// <summary>An input may take over the Concat's wider range, unless its end is what clips the activation that its producer absorbs.</summary>
    private bool MayWiden(Value input, Node concat)
    {
        if (!_ranges.ContainsKey(input) || !input.IsUsedOnlyBy(concat))
            return false;
        if (input.Producer is not { OpType: "Relu" or "Clip" } activation)
            return true;
        var wide = _ranges[Root(concat.Output)];
        return activation.Is("Relu") ? wide.Min >= 0 : _ranges[Root(input)] == wide;
    }

    private void Join(Value one, Value other)
    {
        var (a, b) = (Root(one), Root(other));
        if (a == b)
            return;
        _parents[a] = b;
        _ranges[b] = _ranges[b].Union(_ranges[a]);
    }

    private Value Root(Value value)
    {
        while (_parents.TryGetValue(value, out var parent))
            value = parent;
        return value;
    }
}
