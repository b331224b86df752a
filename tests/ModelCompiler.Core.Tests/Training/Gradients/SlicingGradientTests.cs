using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Slice and Pad against central differences.</summary>
public sealed class SlicingGradientTests
{
    [Fact]
    public void SliceWithAnyStartsEndsAndSteps()
    {
        for (var seed = 0; seed < 70; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var dims = Array.ConvertAll(new long[rank], _ => (long)random.Next(1, 8));
            var axes = ConstantOperands.SomeAxes(random, rank);
            var steps = Array.ConvertAll(axes, _ => (long)(random.Next(2) == 0 ? random.Next(1, 4) : random.Next(-3, 0)));
            var slices = axes.Zip(steps, (axis, step) => Ends(random, dims[axis < 0 ? axis + rank : axis], step)).ToArray();
            GradientCheck.Run(
                ConstantOperands.Operator("Slice", [Vector(slices.Select(slice => slice.Start)), Vector(slices.Select(slice => slice.End)), Vector(axes), Vector(steps)]),
                seed,
                ("x", Numbers.Uniform(random, dims)));
        }
    }

    /// <summary>At least one element, often written from behind or far outside.</summary>
    private static (long Start, long End) Ends(Random random, long size, long step)
    {
        var (low, high) = (random.Next((int)size), random.Next((int)size));
        (low, high) = (Math.Min(low, high), Math.Max(low, high));
        var (start, end) = step > 0 ? ((long)low, high + 1L) : (high, low - 1L);
        if (random.Next(2) == 0)
            start -= size;
        else if (step < 0 && high == size - 1 && random.Next(2) == 0)
            start = long.MaxValue;
        if (end < 0)
            end = random.Next(2) == 0 ? long.MinValue : -size - 1;
        else if (end == size)
            end = random.Next(3) switch { 0 => int.MaxValue, 1 => long.MaxValue, _ => end };
        else if (random.Next(2) == 0)
            end -= size;
        return (start, end);
    }

    [Fact]
    public void SliceWithoutAxesOrSteps()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            GradientCheck.Run(ConstantOperands.Operator("Slice", [Tensor.Vector(0L, 1), Tensor.Vector(2L, -1)]), seed, ("x", Numbers.Uniform(new Random(seed), 3, 4, 2)));
            GradientCheck.Run(
                ConstantOperands.Operator("Slice", [Tensor.Vector(1, 0), Tensor.Vector(3, 5), null, Tensor.Vector(1, 2)]), seed, ("x", Numbers.Uniform(new Random(seed), 3, 5, 2)));
        }
    }

    /// <summary>The four quarters of an image that YOLO's first layer takes, and the two halves of every pair.</summary>
    [Theory]
    [InlineData(4, 6)]
    [InlineData(5, 7)]
    public void SliceEverySecondPixel(int height, int width)
    {
        foreach (var (top, left) in new[] { (0L, 0L), (1L, 0L), (0L, 1L), (1L, 1L) })
        {
            GradientCheck.Run(
                ConstantOperands.Operator("Slice", [Tensor.Vector(top, left), Tensor.Vector(long.MaxValue, long.MaxValue), Tensor.Vector(2L, 3), Tensor.Vector(2L, 2)]),
                height,
                ("x", Numbers.Uniform(new Random(height), 1, 2, height, width)));
        }
    }

    [Theory]
    [InlineData(17)]
    [InlineData(21)]
    public void PadWithAConstantAddsOrCuts(long opset)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var dims = Array.ConvertAll(new long[rank], _ => (long)random.Next(3, 6));
            var least = seed % 2 == 0 ? 0 : -1;
            var pads = Array.ConvertAll(new long[rank * 2], _ => (long)random.Next(least, 4));
            var x = ("x", Numbers.Uniform(random, dims));
            if (seed % 4 == 0)
                GradientCheck.Run(ConstantOperands.Operator("Pad", [Vector(pads)], ("mode", "constant")), opset, seed, x);
            else
                GradientCheck.Run(WithConstantInput(pads), opset, seed, x, ("c", Numbers.Uniform(random, seed % 4 == 1 ? [] : [1])));
        }
    }

    [Fact]
    public void PadOfSomeAxes()
    {
        for (var seed = 0; seed < 16; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var axes = ConstantOperands.SomeAxes(random, rank);
            var pads = Array.ConvertAll(new long[axes.Length * 2], _ => (long)random.Next(-1, 3));
            var mode = (seed % 3) switch { 0 => "constant", 1 => "reflect", _ => "edge" };
            GradientCheck.Run(ConstantOperands.Operator("Pad", [Vector(pads), null, Vector(axes)], ("mode", mode)), 18 + (seed % 4), seed, ("x", Numbers.Uniform(random, Array.ConvertAll(new long[rank], _ => (long)random.Next(5, 7)))));
        }
    }

    [Theory]
    [InlineData("reflect", 17)]
    [InlineData("edge", 17)]
    [InlineData("wrap", 19)]
    public void PadWithCopies(string mode, long opset)
    {
        for (var seed = 0; seed < 16; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var dims = Array.ConvertAll(new long[rank], _ => (long)random.Next(mode == "edge" ? 1 : 3, 8));
            long[] pads = [.. dims.Concat(dims).Select(size => (long)random.Next(0, seed % 2 == 0 || mode == "edge" ? 3 : (int)size))];
            GradientCheck.Run(ConstantOperands.Operator("Pad", [Vector(pads)], ("mode", mode)), opset, seed, ("x", Numbers.Uniform(random, dims)));
        }
    }

    private static GradientCheck.Network WithConstantInput(long[] pads) => (builder, inputs) => [builder.Node("Pad", [inputs["x"], builder.Initializer("pads", Vector(pads)), inputs["c"]])];

    private static Tensor Vector(IEnumerable<long> values) => Tensor.Vector<long>([.. values]);
}
