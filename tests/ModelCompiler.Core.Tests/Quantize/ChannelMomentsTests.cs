using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Tests.Quantize;

public sealed class ChannelMomentsTests
{
    [Fact]
    public void AreMeansOverSamplesAndPositions()
    {
        var moments = Observed([[1, 3], [10, 30]], [[1, 3], [20, 40]]);

        moments.Means.ShouldBe([2, 25]);
        moments.MeanSquares.ShouldBe([5, 750]);
    }

    [Fact]
    public void AMeanThatIsTheSameInEverySampleIsExpected() =>
        Observed([[1, 3]], [[1, 3]], [[1, 3]]).ExpectedMeans.ShouldBe([2]);

    /// <summary>The means 1 and 3 have the mean 2, and the variance of that is 1 / (2 − 1) = 1: of 2, 1/2 is left out.</summary>
    [Fact]
    public void AMeanThatDiffersBetweenSamplesIsExpectedInPart() =>
        Observed([[1, 1]], [[3, 3]]).ExpectedMeans.ShouldBe([1.5]);

    [Fact]
    public void AMeanThatIsSmallBesideItsUncertaintyIsNotExpected() =>
        Observed([[1, 1]], [[-0.9f, -0.9f]]).ExpectedMeans.ShouldBe([0]);

    [Fact]
    public void OneSampleIsBelieved() => Observed([[1, 3]]).ExpectedMeans.ShouldBe([2]);

    /// <param name="samples">Each a list of channels, each of them a list of positions.</param>
    private static Moments Observed(params float[][][] samples)
    {
        var observer = new ChannelMoments(1);
        foreach (var channels in samples)
            observer.Observe(Tensor.Of([.. channels.SelectMany(values => values)], 1, channels.Length, channels[0].Length));
        return observer.Result.ShouldNotBeNull();
    }
}
