using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>A random window of a convolution or pool.</summary>
internal sealed record RandomWindow(long[] Kernel, long[] Strides, long[] Dilations)
{
    public RandomWindow(Random random, int axes, int maxStride)
        : this(
            [.. Enumerable.Range(0, axes).Select(_ => random.NextInt64(1, 4))],
            [.. Enumerable.Range(0, axes).Select(_ => random.NextInt64(1, maxStride + 1))],
            [.. Enumerable.Range(0, axes).Select(_ => random.Next(4) == 0 ? 2L : 1)])
    {
    }

    public (string Name, AttributeValue Value)[] Attributes => [("kernel_shape", Kernel), ("strides", Strides), ("dilations", Dilations)];

    public long Extent(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;
}
