using ModelCompiler.Evaluation;

namespace ModelCompiler.Tests.Evaluation;

public sealed class SignFlipTestTests
{
    /// <summary>By hand: of the 2ⁿ choices of signs, those whose sum is at least as far from 0.</summary>
    [Theory]
    [InlineData(new double[0], 1)]
    [InlineData(new double[] { 0, 0, 0 }, 1)]
    [InlineData(new double[] { 1, -1 }, 1)]
    [InlineData(new double[] { 1, 1, 1, 1, 1 }, 2 / 32.0)]
    [InlineData(new double[] { -1, -1, -1, -1, -1 }, 2 / 32.0)]
    [InlineData(new double[] { 2, 1 }, 2 / 4.0)]
    [InlineData(new double[] { 3, 2, -1 }, 4 / 8.0)] // sums ±6, ±4, ±2 and 0 twice
    [InlineData(new double[] { 1, 1, 1, 0, -1 }, 10 / 16.0)]
    public void CountsSums(double[] differences, double expected) => SignFlipTest.PValue(differences).ShouldBe(expected, 1e-12);

    /// <summary>Darwin's data of cross- and self-fertilized maize, in eighths of an inch: Fisher (The Design of Experiments, 1935, section 21) counts 1726 of 2¹⁵ choices.</summary>
    [Fact]
    public void IsFishersOfDarwinsMaize()
    {
        double[] differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

        SignFlipTest.PValue(differences).ShouldBe(1726 / 32768.0, 1e-12);
        SignFlipTest.PValue([.. differences.Select(difference => difference / 8)], unit: 0.125).ShouldBe(1726 / 32768.0, 1e-12);
    }
}
