namespace ModelCompiler.Tests.Training.Gradients;

/// <summary>Products of matrices against central differences.</summary>
public sealed class MatrixProductGradientTests
{
    [Fact]
    public void GemmInEveryTranspositionAndBroadcast()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var (m, k, n) = (random.Next(1, 5), random.Next(1, 5), random.Next(1, 5));
            var (transA, transB) = ((seed & 1) != 0, (seed & 2) != 0);
            long[][] biases = [[m, n], [1, n], [n], [m, 1], [1], []];
            GradientCheck.Run(
                GradientCheck.Operator("Gemm", ("transA", transA ? 1 : 0), ("transB", transB ? 1 : 0), ("alpha", 0.5f), ("beta", 2f)),
                seed,
                ("a", transA ? Numbers.Uniform(random, k, m) : Numbers.Uniform(random, m, k)),
                ("b", transB ? Numbers.Uniform(random, n, k) : Numbers.Uniform(random, k, n)),
                ("c", Numbers.Uniform(random, biases[seed % 6])));
        }
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("3", "3 4")]
    [InlineData("2 3", "3")]
    [InlineData("3", "5 3 4")]
    [InlineData("5 2 3", "3")]
    [InlineData("2 3", "3 4")]
    [InlineData("5 2 3", "3 4")]
    [InlineData("2 5 2 3", "3 4")]
    [InlineData("2 3", "5 3 4")]
    [InlineData("2 3", "2 5 3 4")]
    [InlineData("5 2 3", "5 3 4")]
    [InlineData("2 5 2 3", "2 5 3 4")]
    [InlineData("1 2 3", "5 3 4")]
    [InlineData("5 2 3", "1 3 4")]
    [InlineData("2 1 2 3", "1 5 3 4")]
    [InlineData("5 2 3", "2 1 3 4")]
    [InlineData("2 1 2 3", "5 3 4")]
    [InlineData("1 1 3", "1 3 1")]
    [InlineData("1", "1 4")]
    [InlineData("1 1 2 3", "3")]
    public void MatMulOfEveryRank(string a, string b)
    {
        for (var seed = 0; seed < 2; seed++)
        {
            var random = new Random(seed);
            GradientCheck.Run(GradientCheck.Operator("MatMul"), seed, ("a", Numbers.Uniform(random, Dims(a))), ("b", Numbers.Uniform(random, Dims(b))));
        }

        static long[] Dims(string text) => [.. text.Split(' ').Select(size => long.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];
    }
}
