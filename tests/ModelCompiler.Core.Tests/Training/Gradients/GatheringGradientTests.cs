using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Operators that pick or replace elements by index against central differences.</summary>
public sealed class GatheringGradientTests
{
    [Fact]
    public void GatherConstantIndicesOfAnyShape()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var (dims, axis, indices) = Picked(random, random.Next(0, 3));
            GradientCheck.Run(ConstantOperands.Operator("Gather", [indices], ("axis", axis)), seed, ("x", Numbers.Uniform(random, dims)));
        }
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("4,3,2,1,0")]
    [InlineData("0,2,4")]
    [InlineData("3,1")]
    [InlineData("2,0,4,1,3")]
    [InlineData("0,1,2,3,4")]
    [InlineData("0,0,1,1,2,2,3,3,4,4")]
    [InlineData("0,1,2,3,4,0,1,2,3,4")]
    [InlineData("3,0,3")]
    [InlineData("-1,1,-2")]
    [InlineData("1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,4")]
    [InlineData("2")]
    public void GatherOrdersOfEveryKind(string indices)
    {
        var picks = Array.ConvertAll(indices.Split(','), long.Parse);
        for (var axis = 0; axis < 3; axis++)
        {
            long[] dims = [2, 2, 2];
            dims[axis] = 5;
            GradientCheck.Run(ConstantOperands.Operator("Gather", [Tensor.Vector<long>(picks)], ("axis", axis)), axis, ("x", Numbers.Uniform(new Random(axis), dims)));
        }
    }

    [Fact]
    public void GatherIndicesThatAreComputed()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var (dims, axis, indices) = Picked(random, random.Next(0, 3));
            GradientCheck.Run(GradientCheck.Operator("Gather", ("axis", axis)), seed, ("x", Numbers.Uniform(random, dims)), ("i", indices));
        }
    }

    [Fact]
    public void GatherElementsAddsWhatIsPickedTwice()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var dims = ConstantOperands.Sizes(random, random.Next(1, 4));
            var axis = random.Next(-dims.Length, dims.Length);
            long[] picked = [.. dims];
            picked[axis < 0 ? axis + dims.Length : axis] = random.Next(1, 5);
            GradientCheck.Run(GradientCheck.Operator("GatherElements", ("axis", axis)), seed, ("x", Numbers.Uniform(random, dims)), ("i", Indices(random, dims[axis < 0 ? axis + dims.Length : axis], picked)));
        }
    }

    [Fact]
    public void GatherNDAddsWhatIsPickedTwice()
    {
        for (var seed = 0; seed < 16; seed++)
        {
            var random = new Random(seed);
            var depth = random.Next(1, 4);
            GradientCheck.Run(GradientCheck.Operator("GatherND"), seed, ("x", Numbers.Uniform(random, 3, 3, 3)), ("i", Indices(random, 3, [random.Next(1, 4), 2, depth])));
        }
    }

    [Theory]
    [InlineData("none", 17)]
    [InlineData("add", 17)]
    [InlineData("none", 21)]
    public void ScatterElementsReplacesOrAdds(string reduction, long opset)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var places = new[] { 0L, 1, 2, 3, 4 };
            random.Shuffle(places);
            var axis = seed % 2 == 0 ? 0 : -2;
            GradientCheck.Run(
                GradientCheck.Operator("ScatterElements", ("axis", axis), ("reduction", reduction)),
                opset,
                seed,
                ("x", Numbers.Uniform(random, 5, 2)),
                ("i", Tensor.Of([places[0], places[1], reduction == "add" ? places[0] : places[2], places[3]], 2, 2)),
                ("u", Numbers.Uniform(random, 2, 2)));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("add")]
    public void ScatterNDReplacesOrAdds(string reduction)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var depth = (seed % 2) + 1;
            var indices = depth == 1 ? Tensor.Of([2L, reduction == "add" ? 2L : 0], 2, 1) : Tensor.Of([2L, 1, 0, 1], 2, 2);
            GradientCheck.Run(
                GradientCheck.Operator("ScatterND", ("reduction", reduction)),
                seed,
                ("x", Numbers.Uniform(random, 3, 2, 2)),
                ("i", indices),
                ("u", Numbers.Uniform(random, depth == 1 ? [2, 2, 2] : [2, 2])));
        }
    }

    private static (long[] Dims, int Axis, Tensor Indices) Picked(Random random, int rank)
    {
        var dims = ConstantOperands.Sizes(random, random.Next(1, 4), 5);
        var axis = random.Next(-dims.Length, dims.Length);
        return (dims, axis, Indices(random, dims[axis < 0 ? axis + dims.Length : axis], ConstantOperands.Sizes(random, rank)));
    }

    private static Tensor Indices(Random random, long size, long[] dims)
    {
        var values = new long[dims.Aggregate(1L, (count, dim) => count * dim)];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.Next((int)-size, (int)size);
        return random.Next(2) == 0 || dims.Length == 3 ? Tensor.Of(values, dims) : Tensor.Of(Array.ConvertAll(values, value => (int)value), dims);
    }
}
