using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Quantized;

/// <summary>A scale in training: s·f, where the factor f begins as 1. So a step is a share of the scale, however small that is.</summary>
/// <param name="Scale">What quantizing operators read.</param>
/// <param name="Factor">What is trained.</param>
internal sealed record LearnedScale(Value Scale, Value Factor)
{
    /// <summary>Of the rate of weights.</summary>
    public const double RateFactor = 0.1;

    public static LearnedScale Write(GraphEdit edit, string name, Tensor start)
    {
        var ones = new float[start.Count];
        Array.Fill(ones, 1);
        var factor = edit.AddInitializer($"{name}_factor", Tensor.Of(ones, start.Dims));
        return new(edit.AddNode("Mul", [edit.AddInitializer($"{name}_start", start), factor]).Output, factor);
    }

    /// <summary>The scales of a graph that are written so.</summary>
    public static IReadOnlyList<LearnedScale> In(Graph graph) =>
        [.. graph.NodesOf("Mul").Where(IsScale).Select(node => new LearnedScale(node.Output, node.Inputs[1]!))];

    /// <summary>A new scale; where training made it useless, the one of before.</summary>
    public static Tensor After(Tensor start, Tensor factor)
    {
        var scales = start.ToFloats().Zip(factor.ToFloats(), (scale, times) => scale * times is > 0 and < float.PositiveInfinity and var learned ? learned : scale);
        return Tensor.Of(scales.ToArray(), start.Dims);
    }

    private static bool IsScale(Node product) =>
        product.Inputs[0] is { Initializer.Type: ElementType.Float32 } && product.Inputs[1] is { Initializer.Type: ElementType.Float32, IsGraphOutput: false } factor
        && factor.IsUsedOnlyBy(product) && product.Output.Uses.Count > 0 && product.Output.Uses.All(use => use.Index == 1 && (use.Node.OpType is "QuantizeLinear" or "DequantizeLinear" || RoundedMaster.IsPart(use.Node)));
}
