using ModelCompiler.Calibration;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;
using ModelCompiler.Evaluation.Regressions;
using ModelCompiler.Graphs;

namespace ModelCompiler.Tests.Evaluation.Regressions;

public sealed class RegressionMeterTests
{
    [Fact]
    public void ErrorsAreThoseOfThePublishedExample()
    {
        // scikit-learn's documentation of mean_absolute_error and mean_squared_error: 0.5 and 0.375.
        var meter = new RegressionMeter("y");
        float[] values = [3, -0.5f, 2, 7], original = [2.5f, 0, 2, 8], compiled = [2, 0.5f, 2, 9];
        for (var i = 0; i < values.Length; i++)
            meter.Add(Target(values[i]), Answer(original[i]), Answer(compiled[i]));

        var accuracy = meter.Result().ShouldNotBeNull();

        (accuracy.Metric, accuracy.IsError, accuracy.Original, accuracy.Compiled, accuracy.Drop, accuracy.Samples).ShouldBe(("MAE", true, 0.5, 1, 1, 4));
        var squared = meter.Beside().Single(measure => measure.Name == "RMSE");
        squared.Original!.Value.ShouldBe(Math.Sqrt(0.375), 1e-12);
        squared.Compiled.ShouldBe(2 * Math.Sqrt(0.375), 1e-12);
        (squared.HigherIsBetter, squared.Unit).ShouldBe((false, MeasureUnit.Target));
        var toOriginal = meter.Beside().Single(measure => measure.Name == "MAE to the original");
        (toOriginal.Original, toOriginal.Compiled).ShouldBe((null, 0.5));
    }

    [Fact]
    public void TheRiseOfTheErrorHasAnInterval()
    {
        var random = new Random(3);
        var meter = new RegressionMeter("y");
        for (var i = 0; i < 300; i++)
        {
            var error = random.NextSingle();
            meter.Add(Target(10), Answer(10 + error), Answer(10 + (1.1f * error) + (0.02f * (random.NextSingle() - 0.5f))));
        }

        var accuracy = meter.Result()!;

        accuracy.Drop.ShouldBe(0.1, 0.003);
        accuracy.Drop95.Low.ShouldBeInRange(0.09, accuracy.Drop);
        accuracy.Drop95.High.ShouldBeInRange(accuracy.Drop, 0.11);
        accuracy.PValue!.Value.ShouldBe(1 / 1001.0, 1e-9);   // none of the 1000 random assignments comes near
        accuracy.Change95.Low.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void AnAnswerThatIsNoNumberIsNotHiddenByAMean()
    {
        var meter = new RegressionMeter("y");
        for (var i = 0; i < 10; i++)
            meter.Add(Target(i), Answer(i + 1), Answer(i == 3 ? float.NaN : i + 1));

        meter.Result()!.Compiled.ShouldBeGreaterThan(1e28);
        meter.Result()!.Drop.ShouldBeGreaterThan(1e28);
    }

    [Fact]
    public void ValuesThatAreTheOriginalsOwnJudgeNothing()
    {
        var meter = new RegressionMeter("y");
        meter.Add(Target(100), Answer(100.001f), Answer(101));

        meter.Result().ShouldBeNull("any error would be many times the original's");
        meter.Beside().Select(measure => measure.Name).ShouldBe(["MAE", "RMSE", "MAE to the original"]);
    }

    [Fact]
    public void WithoutValuesTheOriginalIsAllThereIsToCompareWith()
    {
        var meter = new RegressionMeter("y");
        meter.Add(Target() with { Targets = new Dictionary<string, Tensor>(StringComparer.Ordinal) }, Answer(1), Answer(3));

        meter.Result().ShouldBeNull();
        meter.Beside().ShouldHaveSingleItem().Compiled.ShouldBe(2);
    }

    [Fact]
    public void MoreValuesThanAreTakenIsAnError() =>
        Diagnosed.By(DiagnosticRules.DataDoesNotFit, () => new RegressionMeter("y").Add(Target(1, 2), Answer(1), Answer(1)))
            .Message.ShouldContain("it has 2 values for the output 'y', which has 1");

    private static Sample Target(params float[] values) => new("x.npz[0]", new Dictionary<string, Tensor>(StringComparer.Ordinal)) { Targets = Outputs(values) };

    private static Dictionary<string, Tensor> Answer(float value) => Outputs([value]);

    private static Dictionary<string, Tensor> Outputs(float[] values) => new(StringComparer.Ordinal) { ["y"] = Tensor.Of(values, 1, values.Length) };
}
