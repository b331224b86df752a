using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The DynamicQuantizeLinear nodes of a graph: one for each value, however many products read it.</summary>
internal sealed class DynamicIntegers
{
    private readonly Dictionary<Value, DynamicInteger> _known = [];

    public DynamicInteger Of(Value value, GraphEdit edit)
    {
        if (_known.TryGetValue(value, out var known))
            return known;
        var (integers, scale, zeroPoint) = (edit.NewValue($"{value.Name}_uint8"), edit.NewValue($"{value.Name}_scale"), edit.NewValue($"{value.Name}_zero_point"));
        edit.AddNode("DynamicQuantizeLinear", [value], [integers, scale, zeroPoint]);
        return _known[value] = new(integers, scale, zeroPoint);
    }
}

/// <summary>A value as uint8 with the scale and zero point that it has in this run.</summary>
internal sealed record DynamicInteger(Value Integers, Value Scale, Value ZeroPoint)
{
    /// <summary>The product with an int8 matrix [K, N] whose columns have a scale each.</summary>
    public void Multiply(Value matrix, Value scales, Value output, GraphEdit edit)
    {
        var sums = edit.AddNode("MatMulInteger", [Integers, matrix, ZeroPoint]);
        var to = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["to"] = (long)ElementType.Float32 };
        var floats = edit.AddNode("Cast", [sums.Output], to);
        var step = edit.AddNode("Mul", [Scale, scales]);
        edit.AddNode("Mul", [floats.Output, step.Output], [output]);
    }
}
