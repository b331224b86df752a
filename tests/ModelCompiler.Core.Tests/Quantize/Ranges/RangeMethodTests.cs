using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Profiles;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Quantize.Ranges;

public sealed class RangeMethodTests
{
    public static TheoryData<RangeMethod> All => [.. Enum.GetValues<RangeMethod>()];

    [Theory]
    [MemberData(nameof(All))]
    public void QuantizesANetwork(RangeMethod method)
    {
        var model = Classifier();

        var (compiled, summary, _) = Compile(model, "int8", X64 with { Ranges = method });

        summary!.Kept.ShouldBeEmpty();
        SqnrDb(model, compiled).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void FindsOtherScalesByEachMethod()
    {
        var model = Classifier();

        var scales = Enum.GetValues<RangeMethod>().Select(method => ScalesOf(Compile(model, "int8", X64WithQdq with { Ranges = method, Percentile = 99 }).Model));

        scales.Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void CoversAConstantOfOneSample(RangeMethod method)
    {
        foreach (var constant in (float[])[5, -3, 1e-20f, 3e38f])
        {
            var range = RangeOf(method, [constant, constant])!.Value.Union(new(0, 0));

            (constant > 0 ? range.Max : range.Min).ShouldBe(constant, tolerance: Math.Abs(constant) * 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TakesZerosForARangeOfZero(RangeMethod method) => RangeOf(method, [0, 0, 0]).ShouldBe(new ValueRange(0, 0));

    [Theory]
    [MemberData(nameof(All))]
    public void TellsNumbersThatAreNotFinite(RangeMethod method)
    {
        foreach (var number in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            RangeOf(method, [1, number])!.Value.IsFinite.ShouldBeFalse();
            RangeOf(method, [number], [1])!.Value.IsFinite.ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void HasNoRangeWithoutNumbers(RangeMethod method) => RangeOf(method, []).ShouldBeNull();

    [Theory]
    [MemberData(nameof(All))]
    public void StaysWithinWhatWasSeen(RangeMethod method)
    {
        var range = RangeOf(method, Weights(9, 5000).ToFloats(), [-2, 0.3f], Weights(10, 700).ToFloats())!.Value;

        range.Min.ShouldBeInRange(-2, -0.1);
        range.Max.ShouldBeInRange(0.1, 0.6);
    }

    [Fact]
    public void ReadsHalfPrecision()
    {
        var estimator = (X64 with { Ranges = RangeMethod.Percentile, Percentile = 100 }).NewEstimator();

        estimator.Observe(Tensor.Of([(Half)(-1.5f), (Half)2], 2));

        estimator.Range.ShouldBe(new ValueRange(-1.5, 2));
    }

    private static ValueRange? RangeOf(RangeMethod method, params float[][] samples)
    {
        var estimator = (X64 with { Ranges = method }).NewEstimator();
        foreach (var sample in samples)
            estimator.Observe(Tensor.Of(sample, sample.Length));
        return estimator.Range;
    }

    private static string ScalesOf(Model model) => string.Join(' ', model.Graph.NodesOf("QuantizeLinear").Select(node => node.Inputs[1]!.Constant!.ToFloats()[0]));
}
