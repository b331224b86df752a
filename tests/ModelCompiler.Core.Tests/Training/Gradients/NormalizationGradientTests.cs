using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Normalizations against central differences.</summary>
public sealed class NormalizationGradientTests
{
    [Fact]
    public void BatchNormalizationOfEveryInput()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            long[] x = [.. new[] { random.NextInt64(1, 4), random.NextInt64(1, 5) }, .. Spatial(random, seed % 4)];
            GradientCheck.Run(
                GradientCheck.Operator("BatchNormalization", ("epsilon", 0.1f)),
                seed,
                ("x", Numbers.Uniform(random, x)), ("scale", Numbers.Uniform(random, x[1])), ("b", Numbers.Uniform(random, x[1])),
                ("mean", Numbers.Uniform(random, x[1])), ("var", Numbers.Between(random, 0.5f, 2, x[1])));
        }
    }

    [Fact]
    public void LayerNormalizationOverEveryAxis()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            long[] x = [.. Spatial(random, (seed % 4) + 1), random.NextInt64(2, 5)];
            var axis = random.Next(x.Length);
            long[][] scales = [x[axis..], [x[^1]], [1]];
            var scale = scales[seed % 3];
            (string, Tensor)[] inputs = [("x", Numbers.Uniform(random, x)), ("scale", Numbers.Uniform(random, scale)), ("b", Numbers.Uniform(random, scale))];
            GradientCheck.Run(GradientCheck.Operator("LayerNormalization", ("axis", seed % 2 == 0 ? axis : axis - x.Length), ("epsilon", 0.05f)), seed, seed % 5 == 0 ? inputs[..2] : inputs);
        }
    }

    [Fact]
    public void InstanceNormalizationOfEveryRank()
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var random = new Random(seed);
            long[] x = [random.NextInt64(1, 4), random.NextInt64(1, 4), .. Spatial(random, (seed % 3) + 1), 2];
            GradientCheck.Run(
                GradientCheck.Operator("InstanceNormalization", ("epsilon", 0.05f)),
                seed,
                ("x", Numbers.Uniform(random, x)), ("scale", Numbers.Uniform(random, x[1])), ("b", Numbers.Uniform(random, x[1])));
        }
    }

    [Theory]
    [InlineData(18)]
    [InlineData(21)]
    public void GroupNormalizationWithTheScalesOfItsVersion(long opset)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var (groups, inGroup) = (random.NextInt64(1, 4), random.NextInt64(1, 4));
            var scales = opset < 21 ? groups : groups * inGroup;
            GradientCheck.Run(
                GradientCheck.Operator("GroupNormalization", ("num_groups", groups), ("epsilon", 0.05f)),
                opset,
                seed,
                ("x", Numbers.Uniform(random, [2, groups * inGroup, .. Spatial(random, 2)])), ("scale", Numbers.Uniform(random, scales)), ("b", Numbers.Uniform(random, scales)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LpNormalizationOverEveryAxis(long p)
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var x = Spatial(random, (seed % 4) + 1);
            GradientCheck.Run(GradientCheck.Operator("LpNormalization", ("p", p), ("axis", random.Next(-x.Length, x.Length))), seed, ("x", Numbers.Apart(random, x)));
        }
    }

    private static long[] Spatial(Random random, int axes) => [.. Enumerable.Range(0, axes).Select(_ => random.NextInt64(1, 5))];
}
