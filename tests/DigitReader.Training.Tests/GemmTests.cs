using DigitReader.Training.Network;

namespace DigitReader.Training.Tests;

public class GemmTests
{
    [Theory]
    [InlineData(4, 9, 24)]
    [InlineData(10, 64, 32)]
    [InlineData(7, 5, 1000)]
    [InlineData(1, 1, 8)]
    public void MultipliesLikeTheDefinition(int m, int k, int n)
    {
        var (a, b) = (Numbers(m * k, 1), Numbers(k * n, 2));
        var c = new float[m * n];
        Gemm.Multiply(a, b, n, c, n, m, k, n);
        for (var row = 0; row < m; row++)
        {
            for (var column = 0; column < n; column++)
            {
                var expected = Enumerable.Range(0, k).Sum(i => (double)a[(row * k) + i] * b[(i * n) + column]);
                ((double)c[(row * n) + column]).ShouldBe(expected, 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(4, 9, 24)]
    [InlineData(10, 64, 32)]
    [InlineData(7, 5, 1200)]
    public void AddsTheProductWithATransposedMatrix(int m, int k, int n)
    {
        var (a, b) = (Numbers(m * n, 3), Numbers(k * n, 4));
        var c = Enumerable.Repeat(1f, m * k).ToArray();
        Gemm.AddProductTransposed(a, n, b, c, m, k, n);
        for (var row = 0; row < m; row++)
        {
            for (var column = 0; column < k; column++)
            {
                var expected = 1 + Enumerable.Range(0, n).Sum(i => (double)a[(row * n) + i] * b[(column * n) + i]);
                ((double)c[(row * k) + column]).ShouldBe(expected, 1e-3);
            }
        }
    }

    [Fact]
    public void LeavesValuesBetweenStridedRowsAlone()
    {
        var c = Enumerable.Repeat(-1f, 2 * 40).ToArray();
        Gemm.Multiply(Numbers(2 * 3, 5), Numbers(3 * 32, 6), 32, c, 40, 2, 3, 32);
        c.AsSpan(32, 8).ToArray().ShouldAllBe(value => value == -1f);
        c.AsSpan(72, 8).ToArray().ShouldAllBe(value => value == -1f);
    }

    private static float[] Numbers(int count, int phase) =>
        Enumerable.Range(0, count).Select(i => MathF.Sin((i * 1.7f) + phase)).ToArray();
}
