using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Quantized;

/// <summary>
/// An integer weight in training: round(clip(w/s))·s of a float32 master w. It computes what Q and DQ do, within limits that are not those of a type, and its gradient is that of
/// LSQ: <see cref="Gradients.Rules.Quantizers"/> passes it through the Round.
/// </summary>
internal static class RoundedMaster
{
    /// <summary>A limit lies so far behind its integer that a number on it is not at the end, and can go both ways.</summary>
    private const float BehindLimit = 0.499f;

    /// <returns>What the weight's readers read.</returns>
    public static Value Write(GraphEdit edit, Value master, Value scale, WeightLimits limits)
    {
        var steps = edit.AddNode("Div", [master, scale]).Output;
        var above = edit.AddNode("Max", [steps, edit.AddInitializer("least_step", Moved(limits.Least, -BehindLimit))]).Output;
        var inside = edit.AddNode("Min", [above, edit.AddInitializer("greatest_step", Moved(limits.Greatest, BehindLimit))]).Output;
        return edit.AddNode("Mul", [edit.AddNode("Round", [inside]).Output, scale]).Output;
    }

    /// <summary>The master of which a weight is made, by that or by Q and DQ; a weight that is made of none is its own.</summary>
    public static Value Behind(Value weight)
    {
        if (weight.Producer is not { } made)
            return weight;
        if (made.Is("DequantizeLinear") && Before(made, "QuantizeLinear") is { } quantize)
            return quantize.Inputs[0]!;
        return IsPart(made) && Before(Before(Before(Before(made, "Round"), "Min"), "Max"), "Div") is { } divide ? divide.Inputs[0]! : weight;
    }

    /// <summary>Whether a node is the Div or the Mul.</summary>
    public static bool IsPart(Node node) =>
        (node.Is("Mul") && Before(node, "Round") is not null) || (node.Is("Div") && node.Output.Uses is [{ Node: { OpType: "Max" } max }] && max.Output.Uses is [{ Node.OpType: "Min" }]);

    private static Node? Before(Node? node, string opType) => node?.Input(0)?.Producer is { } producer && producer.Is(opType) ? producer : null;

    private static Tensor Moved(Tensor limits, float by) => Tensor.Of(Array.ConvertAll(limits.ToFloats(), limit => limit + by), limits.Dims);
}
