using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;

namespace ModelCompiler.Tests.Quantize;

/// <summary>Small networks with seeded weights, and what the tests do with them.</summary>
internal static class Networks
{
    public static QuantizationScheme X64 { get; } = QuantizationScheme.Of(HardwareProfiles.Read("linux-x64"));

    /// <summary>The same numbers in Q/DQ form, from which ONNX Runtime makes integer operators at load.</summary>
    public static QuantizationScheme X64WithQdq { get; } = X64 with { ChannelsLast = false };

    public static Tensor Weights(int seed, params long[] dims)
    {
        var random = new Random(seed);
        var values = new float[dims.Aggregate(1L, (product, dim) => product * dim)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 0.4);
        return Tensor.Of(values, dims);
    }

    /// <summary>Samples of noise for the model's inputs.</summary>
    public static IReadOnlyList<Sample> Samples(Model model, int count = 8) =>
        [.. Enumerable.Range(0, count).Select(i => new Sample($"noise {i}", ModelOutputs.NoiseFor(model, i)))];

    /// <summary>Brings a copy of the model into a precision with calibration on noise.</summary>
    public static (Model Model, QuantizationSummary? Summary, PassContext Context) Compile(Model model, string precision, QuantizationScheme? scheme = null)
    {
        var copy = model.Clone();
        var context = new PassContext();
        var summary = Precisions.Find(precision)!.Apply(copy, new PrecisionInputs(scheme ?? X64, new SampleCalibration(Samples(model))), context);
        return (copy, summary, context);
    }

    public static double SqnrDb(Model original, Model compiled) =>
        ModelOutputs.SqnrDb(original, compiled, [.. Samples(original, 4).Select(sample => sample.Inputs)]);

    /// <summary>The operators of the graph that ONNX Runtime really runs.</summary>
    public static IReadOnlyList<string> ExecutedOperators(Model model)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        try
        {
            OrtModel.Load(model, ExecutionOptions.Optimized with { OptimizedModelPath = path }).Dispose();
            using var executed = OnnxReader.Read(path);
            return [.. executed.Graph.Nodes.Select(node => node.OpType)];
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>x → Conv → Relu → Conv → Relu → GlobalAveragePool → Flatten → Gemm → y.</summary>
    public static Model Classifier(long opset = 13)
    {
        var builder = new GraphBuilder(opset);
        var x = builder.Input("x", ElementType.Float32, 1, 3, 12, 12);
        var first = builder.Node("Relu", [Conv(builder, x, 1, 3, 16)]);
        var second = builder.Node("Relu", [Conv(builder, first, 2, 16, 16)]);
        var flat = builder.Node("Flatten", [builder.Node("GlobalAveragePool", [second])]);
        var scores = builder.Node("Gemm", [flat, builder.Initializer("g", Weights(3, 10, 16)), builder.Initializer("c", Weights(4, 10))], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transB"] = 1L });
        return builder.Output(scores, "y", new TensorType(ElementType.Float32, Shape.Of(1, 10))).Model;
    }

    public static Value Conv(GraphBuilder builder, Value x, int seed, long inputs, long outputs) =>
        builder.Node(
            "Conv",
            [x, builder.Initializer("w", Weights(seed, outputs, inputs, 3, 3)), builder.Initializer("b", Weights(seed + 100, outputs))],
            new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["pads"] = new long[] { 1, 1, 1, 1 } });

    public static Model WithOutput(this GraphBuilder builder, Value y) => builder.Output(y, "y", new TensorType(ElementType.Float32, null)).Model;
}
