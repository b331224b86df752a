using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Training.Quantized;

/// <summary>
/// The scales of values between QuantizeLinear and DequantizeLinear that may change. Pairs with equal scale and zero point stay equal: operators that only move
/// numbers stand between them, or may.
/// </summary>
internal static class ActivationScales
{
    /// <summary>Of each scale the nodes that read it, by its number and zero point.</summary>
    public static IReadOnlyDictionary<string, Node[]> In(Graph graph)
    {
        var nodes = graph.NodesOf("QuantizeLinear", "DequantizeLinear").Where(node => node.Inputs[0]!.Constant is null).ToArray();
        var isFixed = nodes.Where(HasToStay).Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        return nodes.GroupBy(KeyOf, StringComparer.Ordinal).Where(group => group.Key.Length > 0 && !isFixed.Contains(group.Key)).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Where the two ends of a pair do not agree, or somebody else reads the integers, or the operator in front has only one scale.</summary>
    private static bool HasToStay(Node node)
    {
        if (node.Is("DequantizeLinear"))
            return node.Inputs[0]!.Producer is not { } quantizer || !quantizer.Is("QuantizeLinear") || KeyOf(quantizer) != KeyOf(node);
        return node.Output.IsGraphOutput || node.Output.Uses.Any(use => !use.Node.Is("DequantizeLinear") || KeyOf(use.Node) != KeyOf(node))
            || (node.Inputs[0]!.Producer is { } made && IntegerOperators.FixedRange(made, IntegerFormat.UInt8) is not null);
    }

    /// <summary>Empty for scales that are not one constant number.</summary>
    private static string KeyOf(Node node) =>
        node.Input(1)?.Constant is { Type: ElementType.Float32, Count: 1 } scale && node.Input(2) is null or { Constant: not null }
            ? $"{Convert.ToHexString(scale.Data.Span)} {(node.Input(2)?.Constant is { } zero ? $"{zero.Type} {Convert.ToHexString(zero.Data.Span)}" : "")}"
            : "";
}
