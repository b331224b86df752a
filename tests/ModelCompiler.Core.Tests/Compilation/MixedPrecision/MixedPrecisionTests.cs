using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Tests.Quantize;

namespace ModelCompiler.Tests.Compilation.MixedPrecision;

public sealed class MixedPrecisionTests
{
    [Fact]
    public void KeepsTheLayerThatIntegersWouldDestroyAndSaysWhy()
    {
        using var project = new CompileProject(Outlier());

        var report = project.Compile(new CompileOptions { Precision = "int8", Calibration = Samples(project) }).Report!;

        report.Precision.ShouldBe("int8");
        report.Quantized!.Kept.ShouldContain(kept => kept.Reason.Contains("dB signal to noise at the outputs"));
        report.Quantized.Integer.ShouldBeGreaterThan(report.Quantized.Kept.Count);
        report.Fidelity!.SqnrDb.ShouldNotBeNull().ShouldBeGreaterThan(25);
    }

    [Fact]
    public void MakesTheSameChoiceTwice()
    {
        using var project = new CompileProject(Outlier());
        var options = new CompileOptions { Precision = "int8", Calibration = Samples(project) };

        var first = project.Compile(options).Report!.Compiled!.Sha256;

        project.Compile(options).Report!.Compiled!.Sha256.ShouldBe(first);
    }

    /// <summary>
    /// A picture to picture network of eight layers; one channel of the first one is 3,000 times the others and counts for as little behind it,
    /// so that 8 bits cannot hold both.
    /// </summary>
    private static Model Outlier()
    {
        var builder = new GraphBuilder(13);
        var value = builder.Input("x", ElementType.Float32, 1, 3, 8, 8);
        value = builder.Node("Relu", [builder.Node("Conv", [value, builder.Initializer("w0", Scaled(Networks.Weights(1, 16, 3, 3, 3), 0, 3000f))], Same())]);
        value = builder.Node("Relu", [builder.Node("Conv", [value, builder.Initializer("w1", Scaled(Networks.Weights(2, 16, 16, 3, 3), 1, 1 / 3000f))], Same())]);
        for (var i = 0; i < 8; i++)
            value = builder.Node("Relu", [builder.Node("Conv", [value, builder.Initializer($"v{i}", Networks.Weights(10 + i, 16, 16, 3, 3))], Same())]);
        return builder.WithOutput(builder.Node("Conv", [value, builder.Initializer("last", Networks.Weights(30, 2, 16, 1, 1))]));
    }

    /// <summary>The weight with its first channel along an axis multiplied.</summary>
    private static Tensor Scaled(Tensor weight, int axis, float factor)
    {
        var values = weight.Span<float>().ToArray();
        var inner = (int)(weight.Count / weight.Dims[0]);
        var kernel = (int)(inner / weight.Dims[1]);
        for (var i = 0; i < values.Length; i++)
            values[i] *= (axis == 0 ? i / inner : i % inner / kernel) == 0 ? factor : 1;
        return Tensor.Of(values, weight.Dims.ToArray());
    }

    private static Dictionary<string, AttributeValue> Same() => new(StringComparer.Ordinal) { ["pads"] = new long[] { 1, 1, 1, 1 } };

    private static string Samples(CompileProject project)
    {
        var random = new Random(7);
        return project.WriteSamples("x", [.. Enumerable.Range(0, 8 * 3 * 64).Select(_ => (float)random.NextDouble())], 8, 3, 8, 8);
    }
}
