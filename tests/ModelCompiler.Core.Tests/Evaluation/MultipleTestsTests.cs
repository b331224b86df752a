using ModelCompiler.Evaluation;

namespace ModelCompiler.Tests.Evaluation;

public sealed class MultipleTestsTests
{
    // By hand: sorted 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1 are 0.02, 0.03, 0.06, 0.04; the last may not be less than the one before it.
    [Fact]
    public void HolmStepsDownAndNeverBackUp() =>
        MultipleTests.Holm([0.01, 0.04, 0.03, 0.005]).ShouldBe([0.03, 0.06, 0.06, 0.02], 1e-12);

    [Fact]
    public void HolmStaysAProbability() => MultipleTests.Holm([0.6, 0.5]).ShouldBe([1, 1]);

    [Fact]
    public void ASingleTestNeedsNoCorrection() => MultipleTests.Holm([0.03]).ShouldBe([0.03]);

    [Fact]
    public void NoTestsAreNoPValues() => MultipleTests.Holm([]).ShouldBeEmpty();
}
