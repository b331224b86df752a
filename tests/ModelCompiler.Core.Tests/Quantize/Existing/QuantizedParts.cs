using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize.Existing;

/// <summary>
/// Parts of models that came quantized. Scales are powers of two, so that their float arithmetic is exact and integers can be compared bit for bit
/// whichever way they are computed.
/// </summary>
internal static class QuantizedParts
{
    public const float InputScale = 1 / 64f;

    /// <summary>x → QuantizeLinear → DequantizeLinear.</summary>
    public static Value Pair(this GraphBuilder builder, Value x, float scale, byte zeroPoint = 128)
    {
        var (s, z) = (builder.Initializer("s", Tensor.Scalar(scale)), builder.Initializer("z", Tensor.Scalar(zeroPoint)));
        return builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [x, s, z]), s, z]);
    }

    /// <summary>The same with signed integers.</summary>
    public static Value SignedPair(this GraphBuilder builder, Value x, float scale)
    {
        var (s, z) = (builder.Initializer("s", Tensor.Scalar(scale)), builder.Initializer("z", Tensor.Scalar((sbyte)0)));
        return builder.Node("DequantizeLinear", [builder.Node("QuantizeLinear", [x, s, z]), s, z]);
    }

    /// <summary>int8 weights behind a DequantizeLinear, with a scale for each channel of <paramref name="axis"/>; of 6 bits, so that no sums saturate.</summary>
    public static Value Weight(this GraphBuilder builder, int seed, int axis, params long[] dims)
    {
        var random = new Random(seed);
        var integers = new sbyte[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < integers.Length; i++)
            integers[i] = (sbyte)random.Next(-32, 32);
        var scales = Enumerable.Range(0, (int)dims[axis]).Select(channel => channel % 2 == 0 ? 1 / 128f : 1 / 256f).ToArray();
        return builder.Node(
            "DequantizeLinear",
            [builder.Initializer("w", Tensor.Of(integers, dims)), builder.Initializer("ws", Tensor.Of(scales, scales.Length)), builder.Initializer("wz", Tensor.Of(new sbyte[scales.Length], scales.Length))],
            Attributes("axis", (long)axis));
    }

    /// <summary>A Conv of 3×3 that keeps the size, with weights that came as integers and no bias.</summary>
    public static Value IntegerConv(this GraphBuilder builder, Value x, int seed, long inputs, long outputs) =>
        builder.Node("Conv", [x, builder.Weight(seed, 0, outputs, inputs, 3, 3)], Pads);

    public static Dictionary<string, AttributeValue> Pads => Attributes("pads", new long[] { 1, 1, 1, 1 });

    public static Dictionary<string, AttributeValue> Attributes(string name, AttributeValue value) => new(StringComparer.Ordinal) { [name] = value };

    /// <summary>Averages over places, which makes scores of a picture.</summary>
    public static Model WithScores(this GraphBuilder builder, Value y) => builder.WithOutput(builder.Node("GlobalAveragePool", [y]));

    /// <summary>What a model says of its integers, one text for each Q/DQ and each operator on integers, with every byte of its constants.</summary>
    public static IReadOnlyList<string> Stated(Model model) =>
    [
        .. model.Graph.SelfAndNested.SelectMany(graph => graph.Nodes).Where(IntegerOperators.IsQuantized).Select(node =>
            $"{node.Domain}.{node.OpType} {string.Join(' ', node.Inputs.Select(input => input?.Constant is { } constant ? $"{constant}:{Convert.ToHexString(constant.Data.Span)}" : "x"))}"),
    ];

    /// <summary>Everything that the original says of its integers the compiled model says too, as often at least.</summary>
    public static void ShouldKeepWhatIsStatedIn(this Model compiled, Model original)
    {
        var left = Stated(compiled).ToList();
        foreach (var stated in Stated(original))
            left.Remove(stated).ShouldBeTrue(stated);
    }

    /// <summary>No value that integers stand for is turned into integers again.</summary>
    public static void ShouldQuantizeNothingTwice(this Model compiled) =>
        compiled.Graph.NodesOf("QuantizeLinear").ShouldAllBe(quantizer => quantizer.Inputs[0]!.Producer == null || quantizer.Inputs[0]!.Producer!.OpType != "DequantizeLinear");

    /// <summary>The outputs in ONNX Runtime, node by node as the file says.</summary>
    public static IReadOnlyDictionary<string, Tensor> AsWritten(Model model, int seed = 0)
    {
        using var running = OrtModel.Load(model, ExecutionOptions.AsWritten);
        return running.Run(ModelOutputs.NoiseFor(model, seed));
    }

    public static Value Input(this GraphBuilder builder, params long[] dims) => builder.Input("x", ElementType.Float32, dims);
}
