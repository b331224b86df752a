using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Convolutions against central differences.</summary>
public sealed class ConvolutionGradientTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ConvInEveryShape(int axes)
    {
        for (var seed = 0; seed < (axes == 3 ? 40 : 90); seed++)
        {
            var random = new Random((axes * 1000) + seed);
            var (groups, inGroup, outGroup) = Channels(random);
            var window = new RandomWindow(random, axes, maxStride: seed % 2 == 0 ? 1 : 3);
            long[] pads = [.. window.Kernel.Concat(window.Kernel).Select(_ => random.NextInt64(4))];
            long[] signal = [.. Enumerable.Range(0, axes).Select(axis => Math.Max(1, window.Extent(axis) - pads[axis] - pads[axis + axes] + random.NextInt64(5)))];
            GradientCheck.Run(
                GradientCheck.Operator("Conv", [.. window.Attributes, ("group", groups), ("pads", pads)]),
                seed,
                Inputs(random, [random.NextInt64(1, 4), groups * inGroup, .. signal], [groups * outGroup, inGroup, .. window.Kernel], groups * outGroup, seed % 3 != 0));
        }
    }

    [Theory]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    [InlineData("VALID")]
    public void ConvThatFindsItsPads(string pads)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var (groups, inGroup, outGroup) = Channels(random);
            var window = new RandomWindow(random, 2, maxStride: 3) { Dilations = [1, 1] };
            long[] signal = [.. window.Kernel.Select(size => size + random.NextInt64(5))];
            GradientCheck.Run(
                GradientCheck.Operator("Conv", [.. window.Attributes, ("group", groups), ("auto_pad", pads)]),
                seed,
                Inputs(random, [2, groups * inGroup, .. signal], [groups * outGroup, inGroup, .. window.Kernel], groups * outGroup, bias: true));
        }
    }

    /// <summary>Shapes for which other forms are chosen.</summary>
    [Fact]
    public void ConvOfManyChannels()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var groups = seed % 3 == 0 ? 2L : 1;
            var (inGroup, outGroup) = (random.NextInt64(7, 14), random.NextInt64(seed % 2 == 0 ? 3 : 22, 28));
            var window = new RandomWindow(random, 2, maxStride: seed % 4 < 2 ? 1 : 2);
            long[] pads = [.. window.Kernel.Concat(window.Kernel).Select(size => random.NextInt64(size))];
            GradientCheck.Run(
                GradientCheck.Operator("Conv", [.. window.Attributes, ("group", groups), ("pads", pads)]),
                seed,
                Inputs(random, [random.NextInt64(1, 4), groups * inGroup, 5 + random.NextInt64(12), 6], [groups * outGroup, inGroup, .. window.Kernel], groups * outGroup, bias: true));
        }
    }

    [Fact]
    public void ConvWithoutAttributes()
    {
        var random = new Random(1);
        GradientCheck.Run(GradientCheck.Operator("Conv"), 1, Inputs(random, [2, 3, 5, 6], [4, 3, 3, 2], 4, bias: true));
        GradientCheck.Run(GradientCheck.Operator("Conv"), 2, Inputs(random, [2, 3, 5, 6], [4, 3, 1, 1], 4, bias: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ConvTransposeInEveryShape(int axes)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random((axes * 1000) + seed);
            var (groups, inGroup, outGroup) = Channels(random);
            var window = new RandomWindow(random, axes, maxStride: seed % 2 == 0 ? 1 : 3);
            long[] signal = [.. window.Kernel.Select(_ => random.NextInt64(2, 5))];
            long[] extra = [.. window.Strides.Select(stride => random.NextInt64(stride))];
            long[] pads = [.. Enumerable.Range(0, 2 * axes).Select(i => random.NextInt64((window.Extent(i % axes) + 1) / 2))];
            GradientCheck.Run(
                GradientCheck.Operator("ConvTranspose", [.. window.Attributes, ("group", groups), ("pads", pads), ("output_padding", extra)]),
                seed,
                Inputs(random, [random.NextInt64(1, 4), groups * inGroup, .. signal], [groups * inGroup, outGroup, .. window.Kernel], groups * outGroup, seed % 3 != 0));
        }
    }

    [Theory]
    [InlineData("NOTSET")]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    public void ConvTransposeOfAGivenSize(string pads)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var window = new RandomWindow(random, 2, maxStride: 3) { Dilations = [1, 1] };
            long[] signal = [.. window.Kernel.Select(_ => random.NextInt64(2, 5))];
            long[] sizes = [.. signal.Select((size, axis) => Math.Max(1, ((size - 1) * window.Strides[axis]) + window.Kernel[axis] - random.NextInt64(window.Kernel[axis])))];
            GradientCheck.Run(
                GradientCheck.Operator("ConvTranspose", [.. window.Attributes, ("auto_pad", pads), ("output_shape", sizes)]),
                seed,
                Inputs(random, [2, 2, .. signal], [2, 3, .. window.Kernel], 3, bias: true));
        }
    }

    [Theory]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    [InlineData("VALID")]
    public void ConvTransposeThatFindsItsPads(string pads)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var window = new RandomWindow(random, 2, maxStride: 3) { Dilations = [1, 1] };
            window = window with { Kernel = [.. window.Kernel.Select((size, axis) => Math.Max(size, window.Strides[axis]))] };
            GradientCheck.Run(
                GradientCheck.Operator("ConvTranspose", [.. window.Attributes, ("auto_pad", pads)]),
                seed,
                Inputs(random, [2, 2, 4, 3], [2, 3, .. window.Kernel], 3, bias: true));
        }
    }

    /// <summary>Plain, depthwise (with a multiplier), and grouped.</summary>
    private static (long Groups, long InGroup, long OutGroup) Channels(Random random) => random.Next(4) switch
    {
        0 => (random.NextInt64(2, 5), 1, random.NextInt64(1, 3)),
        1 => (random.NextInt64(2, 4), random.NextInt64(1, 4), random.NextInt64(1, 4)),
        _ => (1, random.NextInt64(1, 5), random.NextInt64(1, 5)),
    };

    private static (string, Tensor)[] Inputs(Random random, long[] x, long[] w, long channels, bool bias)
    {
        (string, Tensor)[] inputs = [("x", Numbers.Uniform(random, x)), ("w", Numbers.Uniform(random, w))];
        return bias ? [.. inputs, ("b", Numbers.Uniform(random, channels))] : inputs;
    }
}
