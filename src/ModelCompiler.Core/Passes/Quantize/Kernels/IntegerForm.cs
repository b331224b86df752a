using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>An operator on integers that does what a float operator between DequantizeLinear and QuantizeLinear does.</summary>
/// <param name="OpType">Its name.</param>
/// <param name="Domain">Its domain.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record IntegerForm(string OpType, string Domain, IReadOnlyList<Value?> Inputs, IReadOnlyDictionary<string, AttributeValue> Attributes)
{
    private const string Microsoft = "com.microsoft";

    /// <summary>The form of a node, or null where it has none here.</summary>
    /// <param name="node">A node that reads integers through DequantizeLinear.</param>
    /// <param name="y">What its output is turned into; null where it is read as floats.</param>
    public static IntegerForm? Of(Node node, QuantizedOperand? y) => node.OpType switch
    {
        "Conv" when y is not null => Weighted(node, "QLinearConv", "", bias => [y.Scale, y.ZeroPoint, bias]),
        "Gemm" => Weighted(node, "QGemm", Microsoft, bias => [bias, y?.Scale, y?.ZeroPoint]),
        "MatMul" when y is not null => Weighted(node, "QLinearMatMul", "", _ => [y.Scale, y.ZeroPoint]),
        "MatMul" => MatMulToFloat(node),
        "Add" or "Mul" when y is not null => Elementwise(node, y),
        "Concat" when y is not null => Concat(node, y),
        "AveragePool" when y is not null && !node.Attributes.ContainsKey("dilations") => Unary(node, y),
        "GlobalAveragePool" or "LeakyRelu" or "Sigmoid" when y is not null => Unary(node, y),
        _ => null,
    };

    /// <summary>The operator itself, on the integers, where it only moves them.</summary>
    public static IntegerForm? OfPassThrough(Node node, IReadOnlyList<QuantizedOperand> results) =>
        Operand(node, 0) is { } x && results.All(x.HasParametersOf)
            ? new(node.OpType, node.Domain, [x.Integers, .. node.Is("Pad") ? PadInputs(node, x) : node.Inputs.Skip(1)], node.Attributes)
            : null;

    /// <summary>The zero point stands for the 0 that it pads with.</summary>
    private static IEnumerable<Value?> PadInputs(Node pad, QuantizedOperand x) =>
        pad.GetString("mode", "constant") == "constant" ? [pad.Input(1), x.ZeroPoint, .. pad.Inputs.Skip(3)] : [pad.Input(1), null, .. pad.Inputs.Skip(3)];

    private static QuantizedOperand? Operand(Node node, int index) => QuantizedOperand.Behind(node.Input(index)) is { IsPerTensor: true } operand ? operand : null;

    /// <summary>x, s, z, w, s, z, and what the operator asks for behind them.</summary>
    private static IntegerForm? Weighted(Node node, string opType, string domain, Func<Value?, IReadOnlyList<Value?>> rest)
    {
        if (Operand(node, 0) is not { } x || QuantizedOperand.Behind(node.Input(1)) is not { Integers.Constant: not null } w || !TryBias(node, out var bias))
            return null;
        return new(opType, domain, Trimmed([x.Integers, x.Scale, x.ZeroPoint, w.Integers, w.Scale, w.ZeroPoint, .. rest(bias)]), Without(node, "beta"));
    }

    private static IntegerForm? MatMulToFloat(Node node) =>
        Operand(node, 0) is { } x && QuantizedOperand.Behind(node.Input(1)) is { Integers.Constant: not null } w
            ? new("MatMulIntegerToFloat", Microsoft, [x.Integers, w.Integers, x.Scale, w.Scale, x.ZeroPoint, w.ZeroPoint], node.Attributes)
            : null;

    /// <summary>The int32 bias, whose scale is that of the products; null where there is none.</summary>
    private static bool TryBias(Node node, out Value? bias)
    {
        bias = QuantizedOperand.Behind(node.Input(2))?.Integers;
        return node.Input(2) is null || bias is not null;
    }

    private static IntegerForm? Elementwise(Node node, QuantizedOperand y) =>
        Operand(node, 0) is { } a && Operand(node, 1) is { } b
            ? new($"QLinear{node.OpType}", Microsoft, [a.Integers, a.Scale, a.ZeroPoint, b.Integers, b.Scale, b.ZeroPoint, y.Scale, y.ZeroPoint], node.Attributes)
            : null;

    private static IntegerForm? Unary(Node node, QuantizedOperand y) =>
        Operand(node, 0) is { } x
            ? new($"QLinear{node.OpType}", Microsoft, [x.Integers, x.Scale, x.ZeroPoint, y.Scale, y.ZeroPoint], node.Attributes)
            : null;

    /// <summary>Where all have one scale, joining is copying.</summary>
    private static IntegerForm? Concat(Node node, QuantizedOperand y)
    {
        var operands = Enumerable.Range(0, node.Inputs.Count).Select(index => Operand(node, index)).OfType<QuantizedOperand>().ToArray();
        if (operands.Length != node.Inputs.Count)
            return null;
        return Array.TrueForAll(operands, y.HasParametersOf)
            ? new("Concat", "", [.. operands.Select(operand => operand.Integers)], node.Attributes)
            : new("QLinearConcat", Microsoft, [y.Scale, y.ZeroPoint, .. operands.SelectMany(operand => new[] { operand.Integers, operand.Scale, operand.ZeroPoint })], node.Attributes);
    }

    private static Dictionary<string, AttributeValue> Without(Node node, string attribute) =>
        node.Attributes.Where(entry => entry.Key != attribute).ToDictionary(StringComparer.Ordinal);

    private static IReadOnlyList<Value?> Trimmed(List<Value?> inputs)
    {
        while (inputs[^1] is null)
            inputs.RemoveAt(inputs.Count - 1);
        return inputs;
    }
}
