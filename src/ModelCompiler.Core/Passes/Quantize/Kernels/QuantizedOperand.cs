using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>A tensor of integers with what they stand for: the three inputs of a DequantizeLinear, or what a QuantizeLinear makes.</summary>
internal sealed record QuantizedOperand(Value Integers, Value Scale, Value ZeroPoint)
{
    /// <summary>The integers behind a value that a DequantizeLinear makes; null where it is made otherwise, or has no zero point.</summary>
    public static QuantizedOperand? Behind(Value? value) =>
        value?.Producer is { } node && node.Is("DequantizeLinear") && node.Inputs is [{ } integers, { Constant: not null } scale, { Constant: not null } zeroPoint]
            ? new(integers, scale, zeroPoint)
            : null;

    /// <summary>The integers into which a value is turned at once; null where anybody reads its floats.</summary>
    public static QuantizedOperand? Of(Value value) =>
        value is { IsGraphOutput: false, Uses: [{ Index: 0, Node: var node }] } && node.Graph == value.Graph && node.Is("QuantizeLinear")
        && node.Inputs is [_, { Constant: not null } scale, { Constant: not null } zeroPoint]
            ? new(node.Output, scale, zeroPoint)
            : null;

    /// <summary>True for a float operator that stands between DequantizeLinear and QuantizeLinear with all it reads and makes: it is meant to be integer.</summary>
    public static bool AreAround(Node node) => IntegerOperators.CpuRoleOf(node) switch
    {
        IntegerRole.Weighted => StatedParameters.IsDequantized(node.Input(0)) && StatedParameters.IsDequantized(node.Input(1)) && (!node.Is("Conv") || LeadsToQuantizer(node)),
        IntegerRole.Kernel => IntegerOperators.DataInputs(node).All(index => StatedParameters.IsDequantized(node.Input(index))) && LeadsToQuantizer(node),
        _ => false,
    };

    /// <summary>True where there is one scale for the whole tensor.</summary>
    public bool IsPerTensor => Scale.Constant!.Rank == 0;

    /// <summary>At once, or through an activation that the quantizer absorbs.</summary>
    private static bool LeadsToQuantizer(Node node) => node.Output.Consumers.Any(reader =>
        StatedParameters.IsQuantizer(reader) || ((reader.Is("Relu") || reader.Is("Clip")) && reader.Output.Consumers.Any(StatedParameters.IsQuantizer)));

    /// <summary>True where equal integers stand for equal numbers.</summary>
    public bool HasParametersOf(QuantizedOperand other) =>
        Scale.Constant!.Data.Span.SequenceEqual(other.Scale.Constant!.Data.Span) && ZeroPoint.Constant!.Type == other.ZeroPoint.Constant!.Type
        && ZeroPoint.Constant.Data.Span.SequenceEqual(other.ZeroPoint.Constant.Data.Span);
}
