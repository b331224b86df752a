using ModelCompiler.Calibration;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Calibration;

public sealed class CalibrationDefectTests
{
    [Fact]
    public void SamplesThatDifferHaveNone() => Of([1, 2], [3, 4]).ShouldBeNull();

    [Fact]
    public void OneDifferenceIsEnough() => Of([0, 0], [0, 0], [0, 1]).ShouldBeNull();

    [Fact]
    public void ASingleSampleIsNotBlank()
    {
        var defect = Of([1, 2]).ShouldNotBeNull();

        defect.Reason.ShouldBe("it is a single sample");
        defect.IsBlank.ShouldBeFalse();
    }

    [Fact]
    public void EqualSamplesAreAsGoodAsOne()
    {
        var defect = Of([1, 2], [1, 2], [1, 2]).ShouldNotBeNull();

        defect.Reason.ShouldBe("its 3 samples are all the same");
        defect.IsBlank.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(114f)]
    public void OneNumberThroughoutIsBlank(float number)
    {
        var defect = Of([number, number, number], [number, number, number]).ShouldNotBeNull();

        defect.IsBlank.ShouldBeTrue();
        defect.Reason.ShouldContain("one number throughout");
    }

    [Fact]
    public void EmptyTensorsAreBlank() => Of([], []).ShouldNotBeNull().IsBlank.ShouldBeTrue();

    [Fact]
    public void AnInputOfOneNumberIsNotBlankForBeingOne() => Of([3], [3]).ShouldNotBeNull().IsBlank.ShouldBeFalse();

    private static CalibrationDefect? Of(params float[][] samples) => CalibrationDefect.Of(new Samples(samples));

    private sealed class Samples(float[][] values) : DataSet
    {
        public override string Path => "samples";

        public override int Count => values.Length;

        public override bool IsLabelled => false;

        public override bool HasBoxes => false;

        protected internal override IEnumerable<Sample> Read(IReadOnlyList<int> places) => places.Select(Make);

        private Sample Make(int place) =>
            new($"samples[{place}]", new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = Tensor.Of(values[place], values[place].Length) });
    }
}
