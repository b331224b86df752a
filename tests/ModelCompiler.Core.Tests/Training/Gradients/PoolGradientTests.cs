using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Pools against central differences.</summary>
public sealed class PoolGradientTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MaxPoolInEveryShape(int axes)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random((axes * 1000) + seed);
            var (attributes, dims) = Pool(random, axes, dilated: true);
            GradientCheck.Run(GradientCheck.Operator("MaxPool", [.. attributes, ("ceil_mode", seed % 2)]), seed, ("x", Numbers.Apart(random, dims)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AveragePoolInEveryShape(int axes)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random((axes * 1000) + seed);
            var (attributes, dims) = Pool(random, axes, dilated: seed % 5 == 4);
            GradientCheck.Run(
                GradientCheck.Operator("AveragePool", [.. attributes, ("ceil_mode", seed % 2), ("count_include_pad", seed / 2 % 2)]),
                opset: seed % 5 == 4 ? 19 : 17,
                seed,
                ("x", Numbers.Uniform(random, dims)));
        }
    }

    [Theory]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    [InlineData("VALID")]
    public void PoolsThatFindTheirPads(string pads)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var window = new RandomWindow(random, 2, maxStride: 3);
            long[] dims = [2, 2, .. window.Kernel.Select(size => size + random.NextInt64(5))];
            (string, AttributeValue)[] attributes = [("kernel_shape", window.Kernel), ("strides", window.Strides), ("auto_pad", pads)];
            GradientCheck.Run(GradientCheck.Operator("MaxPool", attributes), seed, ("x", Numbers.Apart(random, dims)));
            GradientCheck.Run(GradientCheck.Operator("AveragePool", [.. attributes, ("count_include_pad", seed % 2)]), seed, ("x", Numbers.Uniform(random, dims)));
        }
    }

    [Fact]
    public void AveragesOfWindowsThatDoNotOverlap()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            long[] kernel = [random.NextInt64(1, 4), random.NextInt64(1, 4)];
            GradientCheck.Run(
                GradientCheck.Operator("AveragePool", ("kernel_shape", kernel), ("strides", kernel)),
                seed,
                ("x", Numbers.Uniform(random, [2, 3, .. kernel.Select(size => (size * random.NextInt64(1, 4)) + (seed % 3 == 0 ? size - 1 : 0))])));
        }
    }

    [Theory]
    [InlineData("GlobalAveragePool")]
    [InlineData("GlobalMaxPool")]
    public void OverAllPositions(string opType)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            long[] spatial = [.. Enumerable.Range(0, (seed % 3) + 1).Select(_ => random.NextInt64(1, 5))];
            GradientCheck.Run(GradientCheck.Operator(opType), seed, ("x", Numbers.Apart(random, [random.NextInt64(1, 4), random.NextInt64(1, 4), .. spatial])));
        }
    }

    /// <summary>Pads are smaller than the kernel, which ONNX Runtime asks for.</summary>
    private static ((string, AttributeValue)[] Attributes, long[] Dims) Pool(Random random, int axes, bool dilated)
    {
        var window = new RandomWindow(random, axes, maxStride: 3);
        if (!dilated)
            window = window with { Dilations = [.. window.Kernel.Select(_ => 1L)] };
        long[] pads = [.. window.Kernel.Concat(window.Kernel).Select(size => random.NextInt64(size))];
        long[] spatial = [.. Enumerable.Range(0, axes).Select(axis => window.Extent(axis) + random.NextInt64(axes == 3 ? 3 : 5))];
        return ([.. dilated ? window.Attributes : window.Attributes[..2], ("pads", pads)], [random.NextInt64(1, 4), random.NextInt64(1, 4), .. spatial]);
    }
}
