using ModelCompiler.Graphs;
using ModelCompiler.Onnx;
using ModelCompiler.Passes;
using static ModelCompiler.Tests.Quantize.Networks;

namespace ModelCompiler.Tests.Training.Quantized;

public sealed class FineTuneQuantizedTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ChangesNothingWhereTrainingGainedNothing(bool channelsLast)
    {
        var asked = 0;
        var without = Int8(Classifier(), null, channelsLast);
        var with = Int8(Classifier(), _ => { asked++; return null; }, channelsLast);

        asked.ShouldBe(1);
        OnnxWriter.ToBytes(with).ShouldBe(OnnxWriter.ToBytes(without));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void IntegerOperatorsComputeWhatWasTrained(bool channelsLast)
    {
        Model? trained = null;

        var compiled = Int8(Classifier(), student => trained = Training.Moved(student, 3), channelsLast);

        ExecutedOperators(compiled).Count(operation => operation.StartsWith("QLinearConv", StringComparison.Ordinal)).ShouldBe(2);
        SqnrDb(trained!, compiled).ShouldBeGreaterThan(35);
        SqnrDb(Classifier(), compiled).ShouldBeLessThan(25);
    }

    [Fact]
    public void PoolsAndConcatsStayCopiesOfIntegers()
    {
        Model? trained = null;

        var compiled = Int8(QuantizedStudentTests.Pools(), student => trained = Training.Moved(student, 4), channelsLast: true);

        var executed = ExecutedOperators(compiled);
        executed.ShouldContain("Concat");
        executed.ShouldNotContain("QLinearConcat");
        executed.ShouldBe(ExecutedOperators(Int8(QuantizedStudentTests.Pools(), null, channelsLast: true)));
        SqnrDb(trained!, compiled).ShouldBeGreaterThan(35);
    }

    private static Model Int8(Model model, Func<Model, Model?>? train, bool channelsLast)
    {
        var inputs = new PrecisionInputs(X64 with { ChannelsLast = channelsLast }, new SampleCalibration(Samples(model))) { FineTuning = train };
        Precisions.Find("int8")!.Apply(model, inputs, new PassContext());
        return model;
    }
}
