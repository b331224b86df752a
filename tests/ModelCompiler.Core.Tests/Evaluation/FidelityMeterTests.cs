using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation;

public sealed class FidelityMeterTests
{
    [Fact]
    public void SignalToNoiseIsTakenOverAllSamples()
    {
        var meter = new FidelityMeter();
        meter.Add(Output(3, 4), Output(3, 4.5f));
        meter.Add(Output(0, 5), Output(0, 5));

        var fidelity = meter.Result();

        fidelity.Samples.ShouldBe(2);
        fidelity.SqnrDb!.Value.ShouldBe(10 * Math.Log10(50 / 0.25), 1e-9);
        fidelity.MaxAbsError.ShouldBe(0.5);
        fidelity.MaxRelativeError.ShouldBe(0.1);
        fidelity.Outputs[0].Unequal.ShouldBe(1);
    }

    [Fact]
    public void EqualOutputsAreExactNanIncluded()
    {
        var meter = new FidelityMeter();
        meter.Add(Output(float.NaN, float.PositiveInfinity, 1), Output(float.NaN, float.PositiveInfinity, 1));

        meter.Result().IsExact.ShouldBeTrue();
        meter.Result().SqnrDb.ShouldBe(OutputFidelity.ExactDb);
    }

    [Fact]
    public void OutputsThatAreNoNumbersInBothSayNothing()
    {
        var meter = new FidelityMeter();
        meter.Add(Scores(float.NaN, float.NaN), Scores(float.NaN, float.NaN));
        meter.Add(Scores(float.PositiveInfinity, float.NaN), Scores(float.PositiveInfinity, float.NaN));

        var fidelity = meter.Result();

        fidelity.SqnrDb.ShouldBeNull();
        fidelity.Top1Agreement.ShouldBeNull();
        fidelity.ExpectedTop1Drop.ShouldBeNull();
        fidelity.MaxRelativeError.ShouldBeNull();
        fidelity.Outputs[0].SamplesWithoutNumbers.ShouldBe(2);
        fidelity.IsExact.ShouldBeTrue();
    }

    [Fact]
    public void SamplesWithoutNumbersAreLeftOut()
    {
        var meter = new FidelityMeter();
        meter.Add(Scores(float.NaN, float.NaN), Scores(float.NaN, float.NaN));
        meter.Add(Scores(3, 4), Scores(3, 4.5f));

        var fidelity = meter.Result();

        fidelity.SqnrDb!.Value.ShouldBe(10 * Math.Log10(25 / 0.25), 1e-9);
        fidelity.Top1Agreement.ShouldBe(1);
        fidelity.Outputs[0].SamplesWithoutNumbers.ShouldBe(1);
    }

    [Fact]
    public void AnotherOutputThatIsANumberIsCompared()
    {
        var meter = new FidelityMeter();
        meter.Add(
            Outputs(("a", Tensor.Vector(float.NaN, float.NaN)), ("b", Tensor.Vector(1f, 1f))),
            Outputs(("a", Tensor.Vector(float.NaN, float.NaN)), ("b", Tensor.Vector(1f, 2f))));

        meter.Result().SqnrDb!.Value.ShouldBe(10 * Math.Log10(2), 1e-9);
    }

    [Fact]
    public void AnAnswerThatBecameNaNIsADifferentOne()
    {
        var meter = new FidelityMeter();
        meter.Add(Scores(0.7f, 0.3f), Scores(float.NaN, float.NaN)); // class 0, which a search for the greatest would begin with

        meter.Result().Top1Agreement.ShouldBe(0);
        meter.Result().ExpectedTop1Drop.ShouldNotBeNull().ShouldBe(0.7, 1e-6);
    }

    [Fact]
    public void AnEmptyOutputSaysNothingAndHidesNothing()
    {
        var meter = new FidelityMeter();
        var empty = Outputs(("y", Tensor.Of(Array.Empty<float>(), 0, 3)));
        meter.Add(empty, empty);
        meter.Result().SqnrDb.ShouldBeNull();

        meter.Add(Scores(1, 5, 2), Scores(1, 4, 2));

        meter.Result().Top1Agreement.ShouldBe(1);
        meter.Result().Outputs[0].SamplesWithoutNumbers.ShouldBe(0);
    }

    [Theory]
    [InlineData(1f, float.NaN)]
    [InlineData(float.NegativeInfinity, 1f)]
    public void AnOutputThatIsNoNumberAnyMoreIsTheWorstThereIs(float original, float compiled)
    {
        var meter = new FidelityMeter();
        meter.Add(Output(1, original), Output(1, compiled));

        meter.Result().SqnrDb.ShouldBe(-OutputFidelity.ExactDb);
    }

    [Fact]
    public void TheWorstOutputDecides()
    {
        var meter = new FidelityMeter();
        meter.Add(
            Outputs(("a", Tensor.Vector(1f, 1f)), ("b", Tensor.Vector(1f, 1f))),
            Outputs(("a", Tensor.Vector(1f, 1f)), ("b", Tensor.Vector(1f, 2f))));

        meter.Result().SqnrDb!.Value.ShouldBe(10 * Math.Log10(2), 1e-9);
    }

    [Fact]
    public void AgreementCountsTheSamplesWithTheSameBestClass()
    {
        var meter = new FidelityMeter();
        meter.Add(Scores(1, 5, 2), Scores(1, 4, 2));
        meter.Add(Scores(1, 5, 2), Scores(6, 4, 2));

        meter.Result().Top1Agreement.ShouldBe(0.5);
    }

    [Fact]
    public void AnImageHasNoBestClass()
    {
        var meter = new FidelityMeter();
        var image = Outputs(("y", Tensor.Of(new float[12], 1, 3, 2, 2)));
        meter.Add(image, image);

        meter.Result().Top1Agreement.ShouldBeNull();
    }

    [Fact]
    public void IntegersAreEqualOrNot()
    {
        var meter = new FidelityMeter();
        meter.Add(Outputs(("y", Tensor.Vector(1L, 2L, 3L))), Outputs(("y", Tensor.Vector(1L, 0L, 0L))));

        meter.Result().SqnrDb.ShouldBeNull();
        meter.Result().Outputs[0].Unequal.ShouldBe(2);
    }

    [Fact]
    public void HalfAndSinglePrecisionCanBeCompared()
    {
        var meter = new FidelityMeter();
        meter.Add(Output(1, 2), Outputs(("y", Tensor.Vector((Half)1, (Half)2))));

        meter.Result().IsExact.ShouldBeTrue();
    }

    [Fact]
    public void AnotherShapeIsAnError() =>
        Diagnosed.By(DiagnosticRules.OutputsDiffer, () => new FidelityMeter().Add(Output(1, 2), Output(1, 2, 3))).Message.ShouldContain("float[3] instead of float[2]");

    [Fact]
    public void AMissingOutputIsAnError() =>
        Diagnosed.By(DiagnosticRules.OutputsDiffer, () => new FidelityMeter().Add(Output(1), Outputs(("z", Tensor.Vector(1f))))).Message.ShouldContain("'y'");

    private static Dictionary<string, Tensor> Output(params float[] values) => Outputs(("y", Tensor.Vector<float>(values)));

    private static Dictionary<string, Tensor> Scores(params float[] values) => Outputs(("y", Tensor.Of(values, 1, values.Length)));

    private static Dictionary<string, Tensor> Outputs(params (string Name, Tensor Tensor)[] outputs) =>
        outputs.ToDictionary(output => output.Name, output => output.Tensor, StringComparer.Ordinal);
}
