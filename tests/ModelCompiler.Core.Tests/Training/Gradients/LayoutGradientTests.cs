using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Operators that move or repeat elements against central differences.</summary>
public sealed class LayoutGradientTests
{
    [Theory]
    [InlineData("2,3,4", "6,4")]
    [InlineData("2,3,4", "0,-1")]
    [InlineData("2,3,4", "-1")]
    [InlineData("2,3,4", "0,0,2,-1")]
    [InlineData("2,3,4", "4,3,2")]
    [InlineData("1", "")]
    [InlineData("", "1,1")]
    [InlineData("", "-1")]
    [InlineData("1,1,5", "5,-1,1")]
    public void ReshapeTakesElementsBack(string from, string to)
    {
        for (var seed = 0; seed < 3; seed++)
            GradientCheck.Run(ConstantOperands.Operator("Reshape", [Tensor.Vector<long>(Longs(to))]), seed, ("x", Numbers.Uniform(new Random(seed), Longs(from))));
        if (!to.Contains('0'))
            GradientCheck.Run(ConstantOperands.Operator("Reshape", [Tensor.Vector<long>(Longs(to))], ("allowzero", 1)), 9, ("x", Numbers.Uniform(new Random(9), Longs(from))));
    }

    [Fact]
    public void FlattenAtEveryAxis()
    {
        for (var axis = -4; axis <= 4; axis++)
            GradientCheck.Run(GradientCheck.Operator("Flatten", ("axis", axis)), axis + 10, ("x", Numbers.Uniform(new Random(axis), 2, 3, 1, 2)));
        GradientCheck.Run(GradientCheck.Operator("Flatten"), 0, ("x", Numbers.Uniform(new Random(0), 3, 2, 2)));
        GradientCheck.Run(GradientCheck.Operator("Flatten", ("axis", 0)), 0, ("x", Numbers.Uniform(new Random(0))));
    }

    [Fact]
    public void TransposeInEveryOrder()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 6);
            var order = Enumerable.Range(0, rank).Select(axis => (long)axis).ToArray();
            random.Shuffle(order);
            (string, AttributeValue)[] permutation = seed % 4 == 0 ? [] : [("perm", order)];
            GradientCheck.Run(GradientCheck.Operator("Transpose", permutation), seed, ("x", Numbers.Uniform(random, ConstantOperands.Sizes(random, rank))));
        }
    }

    [Theory]
    [InlineData("1,3,1,2", "0")]
    [InlineData("1,3,1,2", "-2,0")]
    [InlineData("1,3,1,2", null)]
    [InlineData("1,1", null)]
    [InlineData("1", "0")]
    public void SqueezePutsAxesBack(string dims, string? axes)
    {
        foreach (var opset in new[] { 17, 21 })
            GradientCheck.Run(ConstantOperands.Operator("Squeeze", axes is null ? [] : [Tensor.Vector<long>(Longs(axes))]), opset, 1, ("x", Numbers.Uniform(new Random(1), Longs(dims))));
    }

    [Theory]
    [InlineData("3,2", "0")]
    [InlineData("3,2", "-1,1")]
    [InlineData("3", "0,2,3")]
    [InlineData("", "0")]
    public void UnsqueezeTakesAxesAway(string dims, string axes)
    {
        foreach (var opset in new[] { 17, 21 })
            GradientCheck.Run(ConstantOperands.Operator("Unsqueeze", [Tensor.Vector<long>(Longs(axes))]), opset, 1, ("x", Numbers.Uniform(new Random(1), Longs(dims))));
    }

    [Fact]
    public void DepthAndSpaceInBothOrders()
    {
        for (var seed = 0; seed < 18; seed++)
        {
            var random = new Random(seed);
            var (block, channels) = (random.Next(1, 4), random.Next(1, 4));
            var (n, height, width) = (random.Next(1, 3), random.Next(1, 4), random.Next(1, 4));
            var (network, x) = (seed % 3) switch
            {
                0 => (GradientCheck.Operator("DepthToSpace", ("blocksize", block), ("mode", "DCR")), Numbers.Uniform(random, n, channels * block * block, height, width)),
                1 => (GradientCheck.Operator("DepthToSpace", ("blocksize", block), ("mode", "CRD")), Numbers.Uniform(random, n, channels * block * block, height, width)),
                _ => (GradientCheck.Operator("SpaceToDepth", ("blocksize", block)), Numbers.Uniform(random, n, channels, height * block, width * block)),
            };
            GradientCheck.Run(network, seed, ("x", x));
        }
    }

    [Fact]
    public void ExpandSumsWhatItRepeats()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var shape = ConstantOperands.Sizes(random, random.Next(1, 5));
            var dims = shape[random.Next(shape.Length + 1)..].Select(size => random.Next(2) == 0 ? 1 : size).ToArray();
            if (seed % 3 == 0)
                shape = Array.ConvertAll(shape, size => random.Next(2) == 0 ? 1 : size); // the input may be the larger one
            if (seed % 3 == 0)
                dims = [.. dims.Select((size, axis) => Math.Max(size, shape[shape.Length - dims.Length + axis]))];
            GradientCheck.Run(ConstantOperands.Operator("Expand", [Tensor.Vector<long>(shape)]), seed, ("x", Numbers.Uniform(random, dims)));
        }
    }

    [Fact]
    public void TileSumsItsCopies()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var dims = ConstantOperands.Sizes(random, rank, 3);
            GradientCheck.Run(ConstantOperands.Operator("Tile", [Tensor.Vector<long>(ConstantOperands.Sizes(random, rank, 3))]), seed, ("x", Numbers.Uniform(random, dims)));
        }
    }

    private static long[] Longs(string list) => list.Length == 0 ? [] : Array.ConvertAll(list.Split(','), long.Parse);
}
