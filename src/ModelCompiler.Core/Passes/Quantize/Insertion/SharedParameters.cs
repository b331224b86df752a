using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// Finds scale and zero point of every quantized value. Values that an operator only moves share theirs; so do the inputs of a Concat with
/// its output where nobody else reads them, since they are brought to its scale anyway and Concat becomes a copy. What the model's own Q/DQ give is fixed,
/// and is taken over by all that share with it.
/// </summary>
internal sealed class SharedParameters
{
    private readonly Dictionary<Value, Value> _parents = [];
    private readonly Dictionary<Value, ValueRange> _ranges;
    private readonly Dictionary<Value, QuantizationParameters> _fixed;

    private SharedParameters(Dictionary<Value, ValueRange> ranges, IReadOnlyDictionary<Value, QuantizationParameters> existing)
    {
        _ranges = ranges;
        _fixed = new(existing);
        foreach (var (value, parameters) in existing)
            _ranges[value] = parameters.Range;
    }

    public static Dictionary<Value, QuantizationParameters> Of(QuantizationPlacement placement, ActivationStatistics observed, QuantizationScheme scheme)
    {
        var existing = placement.Existing.Parameters;
        var ranges = placement.Quantized.Where(value => !existing.ContainsKey(value)).ToDictionary(value => value, value => RangeOf(value, observed, scheme));
        var shared = new SharedParameters(ranges, existing);
        foreach (var node in placement.InOrder)
        {
            foreach (var (one, other) in shared.Tied(node))
                shared.Join(one, other);
        }

        return placement.Quantized.ToDictionary(value => value, value => shared.FixedFor(value) ?? QuantizationParameters.Covering(shared._ranges[shared.Root(value)], scheme.Activations));
    }

    private static ValueRange RangeOf(Value value, ActivationStatistics observed, QuantizationScheme scheme) =>
        value.Producer is { } producer && IntegerOperators.FixedRange(producer, scheme.Activations) is { } known ? known : observed.RangeOf(value, scheme);

    private IEnumerable<(Value One, Value Other)> Tied(Node node)
    {
        if (IntegerOperators.RoleOf(node) == IntegerRole.PassThrough)
            return node.Outputs.OfType<Value>().Where(_ranges.ContainsKey).Select(output => (node.Inputs[0]!, output));
        if (node.Is("Concat"))
            return TiedByConcat(node);
        // Of numbers that an activation cuts off before they become integers, only the same integers go on.
        return QuantizationPlacement.OnlyActivation(node) is { } activation && QuantizationPlacement.AbsorbableActivation(node) is null && _ranges.ContainsKey(node.Output)
            ? [(node.Output, activation.Output)]
            : [];
    }

    private IEnumerable<(Value One, Value Other)> TiedByConcat(Node concat)
    {
        var inputs = concat.Inputs.OfType<Value>().Distinct().ToArray();
        if (inputs.Select(FixedFor).Distinct().ToArray() is [{ }])
            return inputs.Select(input => (input, concat.Output));
        return inputs.Where(input => FixedFor(input) is null && MayWiden(input, concat)).Select(input => (input, concat.Output));
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
        var (first, second) = (FixedFor(a), FixedFor(b));
        if (first is not null && second is not null && first != second)
            return; // integers are converted there, as the model's own Q/DQ say
        _parents[a] = b;
        if ((first ?? second) is { } parameters)
            (_fixed[b], _ranges[b]) = (parameters, parameters.Range);
        else
            _ranges[b] = _ranges[b].Union(_ranges[a]);
    }

    private QuantizationParameters? FixedFor(Value value) => _fixed.GetValueOrDefault(Root(value));

    private Value Root(Value value)
    {
        while (_parents.TryGetValue(value, out var parent))
            value = parent;
        return value;
    }
}
