using ModelCompiler.Calibration;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Signals;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Signals;

public sealed class SignalMeterTests
{
    private static readonly HashSet<string> NoStates = [];

    // The example in the documentation of torchmetrics' ScaleInvariantSignalDistortionRatio.
    [Fact]
    public void TheRatioIsThatOfThePublishedExample() => ScaleInvariantRatio.Of([3, -0.5, 2, 7], [2.5, 0, 2, 8])!.Value.ShouldBe(18.4030, 1e-4);

    [Theory]
    [InlineData(new[] { 2.0, 0, 0, 0 }, 200)]     // only louder
    [InlineData(new[] { 1.0, 0.1, 0, 0 }, 20)]    // noise of a hundredth of the energy
    [InlineData(new[] { 0.0, 1, 0, 0 }, -200)]    // nothing of it is left
    [InlineData(new[] { 0.0, 0, 0, 0 }, -200)]
    [InlineData(new[] { double.NaN, 0, 0, 0 }, -200)]
    public void WhatIsMadeOfAPulse(double[] made, double expected) => ScaleInvariantRatio.Of([1, 0, 0, 0], made)!.Value.ShouldBe(expected, 1e-9);

    [Fact]
    public void SilenceHasNoRatio() => ScaleInvariantRatio.Of([0, 0], [1, 1]).ShouldBeNull();

    [Fact]
    public void RandomSignalsHaveTheRatioOfTheirAngle()
    {
        // With φ the angle between both, the ratio is cot²φ.
        var random = new Random(4);
        double[] signal = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble() - 0.5)], made = [.. signal.Select(value => (3 * value) + random.NextDouble() - 0.5)];
        var cosine = signal.Zip(made).Sum(pair => pair.First * pair.Second) / Math.Sqrt(signal.Sum(value => value * value) * made.Sum(value => value * value));

        ScaleInvariantRatio.Of(signal, made)!.Value.ShouldBe(10 * Math.Log10(cosine * cosine / (1 - (cosine * cosine))), 1e-9);
    }

    [Fact]
    public void BothModelsAreComparedWithWhatIsExpectedAndTheCompiledOneWithTheOriginal()
    {
        var meter = new SignalMeter(NoStates);
        meter.Add(Expecting(Wave(0)), Outputs(Wave(0.1f)), Outputs(Wave(0.2f)));

        meter.Result().ShouldBeNull("what a decibel is worth, nobody said");
        var (target, original) = (meter.Beside()[0], meter.Beside()[1]);
        (target.Name, target.Unit, target.Samples).ShouldBe(("SI-SDR", MeasureUnit.Decibels, 1));
        target.Original!.Value.ShouldBe(20, 0.01);
        target.Compiled.ShouldBe(20 - (20 * Math.Log10(2)), 0.01);
        target.Change95.ShouldBeNull("one sample has no interval");
        (original.Name, original.Original).ShouldBe(("SI-SDR to the original", null));
    }

    [Fact]
    public void StatesAndSingleNumbersAreNoSignals()
    {
        var meter = new SignalMeter(new HashSet<string>(StringComparer.Ordinal) { "y" });
        meter.Add(Expecting(Wave(0)), Outputs(Wave(0)), Outputs(Wave(0)));
        meter.Beside().ShouldBeEmpty();

        var single = new SignalMeter(NoStates);
        single.Add(Expecting([1]), Outputs([1]), Outputs([2]));
        single.Beside().ShouldBeEmpty();
    }

    /// <summary>A constant, and so much of an alternation, which is at right angles to it.</summary>
    private static float[] Wave(float noise) => [.. Enumerable.Range(0, 32).Select(i => 1 + (i % 2 == 0 ? noise : -noise))];

    private static Sample Expecting(float[] values) => new("sample", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Targets = Outputs(values) };

    private static Dictionary<string, Tensor> Outputs(float[] values) => new(StringComparer.Ordinal) { ["y"] = Tensor.Of(values, 1, values.Length) };
}
