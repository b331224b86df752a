using ModelCompiler.Evaluation;

namespace ModelCompiler.Tests.Evaluation;

public sealed class PairedProportionsTests
{
    // 2·P(X ≤ min) of binomial(n, ½), by hand: 1+10 of 2^10 outcomes; 1 of 2^8; 1+20+190+1140+4845+15504 of 2^20.
    [Theory]
    [InlineData(9, 1, 2 * 11.0 / 1024)]
    [InlineData(0, 8, 2.0 / 256)]
    [InlineData(15, 5, 2 * 21700.0 / 1048576)]
    [InlineData(5, 5, 1)]
    [InlineData(0, 0, 1)]
    public void McNemarIsTheExactBinomialTail(int lost, int won, double p) =>
        PairedProportions.McNemarExact(lost, won).ShouldBe(p, 1e-12);

    [Fact]
    public void McNemarStaysANumberForManySamples()
    {
        PairedProportions.McNemarExact(5000, 5200).ShouldBeInRange(0.04, 0.06);
        PairedProportions.McNemarExact(9000, 1000).ShouldBe(0, 1e-300);
    }

    [Fact]
    public void TheIntervalIsAgrestiAndMins()
    {
        // b = 20.5, c = 10.5, n = 502: difference 10/502, error √(31 − 100/502)/502.
        var (low, high) = PairedProportions.Difference95(20, 10, 500);

        low.ShouldBe((10 - (1.959963985 * Math.Sqrt(31 - (100.0 / 502)))) / 502, 1e-9);
        high.ShouldBe((10 + (1.959963985 * Math.Sqrt(31 - (100.0 / 502)))) / 502, 1e-9);
    }

    [Fact]
    public void TwoModelsThatNeverDisagreeStillLeaveDoubt()
    {
        var (low, high) = PairedProportions.Difference95(0, 0, 500);

        low.ShouldBe(-high, 1e-12);
        high.ShouldBeInRange(0.003, 0.005);
    }

    [Fact]
    public void TheIntervalHoldsTheTrueDropAboutNinetyFiveTimesInAHundred()
    {
        var random = new Random(7);
        const double Lost = 0.05, Won = 0.03;
        var held = 0;
        for (var trial = 0; trial < 2000; trial++)
        {
            int lost = 0, won = 0;
            for (var i = 0; i < 300; i++)
            {
                var chance = random.NextDouble();
                lost += chance < Lost ? 1 : 0;
                won += chance is >= Lost and < Lost + Won ? 1 : 0;
            }

            var (low, high) = PairedProportions.Difference95(lost, won, 300);
            held += low <= Lost - Won && Lost - Won <= high ? 1 : 0;
        }

        (held / 2000.0).ShouldBeInRange(0.935, 0.97);
    }
}
