using ModelCompiler.Evaluation.Confidence;

namespace ModelCompiler.Tests.Evaluation.Confidence;

public sealed class TemperatureScalingTests
{
    // Two classes two logits apart, three of four answers right: the likeliest is where softmax(2 / T) = 3/4, T = 2 / ln 3. As it is, it is 1 / (1 + e⁻²) sure.
    [Fact]
    public void TheTemperatureMakesConfidenceAccuracy()
    {
        var fit = TemperatureScaling.HeldOut(Margins(2, 80, rightOfEight: 6), now: 1);

        fit.Temperature!.Value.ShouldBe(2 / Math.Log(3), 1e-6);
        (fit.FittedOn, fit.Before!.Samples, fit.After!.Samples, fit.Reason).ShouldBe((40, 40, 40, null));
        fit.Before.ExpectedCalibrationError.ShouldBe((1 / (1 + Math.Exp(-2))) - 0.75, 1e-6);
        fit.After.ExpectedCalibrationError.ShouldBe(0, 1e-6);
        fit.After.NegativeLogLikelihood.ShouldBe(-(0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25)), 1e-9);
    }

    [Fact]
    public void EachHalfIsJudgedWithWhatTheOtherGives()
    {
        var fit = TemperatureScaling.CrossFitted(Margins(2, 80, rightOfEight: 6), now: 2 / Math.Log(3));

        fit.Temperature!.Value.ShouldBe(2 / Math.Log(3), 1e-6);
        (fit.FittedOn, fit.After!.Samples).ShouldBe((80, 80));
        fit.Before!.ExpectedCalibrationError.ShouldBe(0, 1e-6); // it is in use already
    }

    // Labels that are drawn from softmax(z / 2.5): more samples bring the fit nearer.
    [Fact]
    public void FindsTheTemperatureThatLabelsWereDrawnWith()
    {
        var random = new Random(3);
        var logits = new KeptLogits();
        for (var sample = 0; sample < 4000; sample++)
        {
            float[] scores = [.. Enumerable.Range(0, 10).Select(_ => (random.NextSingle() * 12) - 6)];
            double[] weights = [.. scores.Select(score => Math.Exp(score / 2.5))];
            var (label, left) = (0, random.NextDouble() * weights.Sum());
            while (label < 9 && (left -= weights[label]) > 0)
                label++;
            logits.Add(scores, Array.IndexOf(scores, scores.Max()), label);
        }

        TemperatureScaling.Fit(logits, [.. Enumerable.Range(0, 4000)])!.Value.ShouldBe(2.5, 0.1);
    }

    [Fact]
    public void WhereEveryAnswerIsRightNoneIsTold()
    {
        var fit = TemperatureScaling.HeldOut(Margins(2, 80, rightOfEight: 8), now: 1);

        (fit.Temperature, fit.After).ShouldBe((null, null));
        fit.Reason!.ShouldContain("not between 0.05 and 20");
    }

    // Eight bits leave most probabilities at 0, which no temperature raises: what is left tells the temperature, as in the app.
    [Fact]
    public void ClassesThatAreImpossibleCountForNothing()
    {
        var logits = new KeptLogits();
        for (var i = 0; i < 80; i++)
            logits.Add([2, 0, float.NegativeInfinity], 0, i % 8 < 6 ? 0 : 1);
        for (var i = 0; i < 8; i++)
            logits.Add([2, 0, float.NegativeInfinity], 0, 2);

        TemperatureScaling.Fit(logits, [.. Enumerable.Range(0, 88)])!.Value.ShouldBe(2 / Math.Log(3), 1e-6);
    }

    [Fact]
    public void FewSamplesTellNone() => TemperatureScaling.HeldOut(Margins(2, 39, rightOfEight: 6), now: 1).Reason!.ShouldBe("that takes 40 labelled samples, and there are 39");

    [Fact]
    public void WhatIsKeptIsBounded()
    {
        var logits = new KeptLogits();
        for (var i = 0; i < 9; i++)
            logits.Add(new float[1 << 20], 0, 0);

        (logits.AreAll, logits.Count).ShouldBe((false, 0));
        TemperatureScaling.HeldOut(logits, 1).Reason!.ShouldContain("memory");
    }

    /// <summary>Of eight answers in a row the first ones are right, so that both halves hold the same share.</summary>
    private static KeptLogits Margins(float margin, int samples, int rightOfEight)
    {
        var logits = new KeptLogits();
        for (var i = 0; i < samples; i++)
            logits.Add([margin, 0], 0, i % 8 < rightOfEight ? 0 : 1);
        return logits;
    }
}
