using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Concat and Split against central differences.</summary>
public sealed class JoiningGradientTests
{
    [Fact]
    public void ConcatAlongEveryAxis()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var axis = random.Next(-rank, rank);
            var dims = ConstantOperands.Sizes(random, rank, 3);
            var parts = Enumerable.Range(0, random.Next(1, 5)).Select(i => ($"x{i}", Numbers.Uniform(random, Sized(dims, axis, random.Next(1, 4))))).ToArray();
            GradientCheck.Run(GradientCheck.Operator("Concat", ("axis", axis)), seed, parts);
        }
    }

    [Fact]
    public void ConcatOfConstantsBetween()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var axis = seed % 3;
            var constants = Enumerable.Range(0, 3).Select(_ => Numbers.Uniform(random, Sized([2, 3, 2], axis, random.Next(1, 4)))).ToArray();
            GradientCheck.Run(
                (builder, inputs) =>
                {
                    Value[] parts = [builder.Initializer("c0", constants[0]), inputs["x"], builder.Initializer("c1", constants[1]), inputs["y"], builder.Initializer("c2", constants[2])];
                    return [builder.Node("Concat", parts, new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = axis })];
                },
                seed,
                ("x", Numbers.Uniform(random, Sized([2, 3, 2], axis, 2))),
                ("y", Numbers.Uniform(random, 2, 3, 2)));
        }
    }

    [Fact]
    public void ConcatOfOneValueTwice()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            GradientCheck.Run(
                (builder, inputs) => [builder.Node("Concat", [inputs["x"], inputs["y"], inputs["x"]], new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = seed % 2 })],
                seed,
                ("x", Numbers.Uniform(new Random(seed), 2, 3)),
                ("y", Numbers.Uniform(new Random(seed), 2, 3)));
        }
    }

    [Theory]
    [InlineData(17)]
    [InlineData(21)]
    public void SplitWithSizes(long opset)
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(1, 5);
            var axis = random.Next(-rank, rank);
            var sizes = ConstantOperands.Sizes(random, random.Next(1, 4), 3);
            GradientCheck.Run(
                ConstantOperands.Several("Split", sizes.Length, [Tensor.Vector<long>(sizes)], ("axis", axis)),
                opset,
                seed,
                ("x", Numbers.Uniform(random, Sized(ConstantOperands.Sizes(random, rank, 3), axis, sizes.Sum()))));
        }
    }

    [Fact]
    public void SplitIntoEqualParts()
    {
        for (var parts = 1; parts <= 4; parts++)
        {
            GradientCheck.Run(ConstantOperands.Several("Split", parts, [], ("axis", 1)), parts, ("x", Numbers.Uniform(new Random(parts), 2, 12, 2)));
            GradientCheck.Run(ConstantOperands.Several("Split", parts, [], ("axis", -2), ("num_outputs", parts)), 18, parts, ("x", Numbers.Uniform(new Random(parts), 2, 12, 2)));
            GradientCheck.Run(ConstantOperands.Several("Split", parts, [], ("axis", 0), ("num_outputs", parts)), 21, parts, ("x", Numbers.Uniform(new Random(parts), 11)));
        }
    }

    /// <summary>Outputs that nobody reads have no gradient, whichever they are.</summary>
    [Fact]
    public void SplitWhereSomeOutputsAreNotRead()
    {
        for (var read = 1; read < 16; read++)
        {
            GradientCheck.Run(
                (builder, inputs) =>
                {
                    var parts = builder.Nodes(
                        "Split", [inputs["x"], builder.Initializer("sizes", Tensor.Vector<long>(2, 1, 3, 2))], 4, new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["axis"] = 1 });
                    return [.. parts.Where((_, i) => (read & (1 << i)) != 0)];
                },
                read,
                ("x", Numbers.Uniform(new Random(read), 2, 8, 2)));
        }
    }

    private static long[] Sized(long[] dims, int axis, long size)
    {
        long[] sized = [.. dims];
        sized[axis < 0 ? axis + dims.Length : axis] = size;
        return sized;
    }
}
