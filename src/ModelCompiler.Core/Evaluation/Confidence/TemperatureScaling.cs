using System.Globalization;

namespace ModelCompiler.Evaluation.Confidence;

/// <summary>
/// Temperature scaling (Guo et al. 2017): the one number by which logits are divided so that the labels become as likely as can be. It is never judged on the samples that
/// it was fitted on.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>Twenty in each half.</summary>
    private const int LeastSamples = 40;

    /// <summary>Beyond these the samples tell no temperature: where every answer is right, colder is better without end.</summary>
    private const double Coldest = 0.05, Hottest = 20;

    /// <summary>Fitted on the samples at even places, judged on those at odd ones.</summary>
    /// <param name="logits">Of all samples, in order.</param>
    /// <param name="now">The temperature that is in use.</param>
    public static TemperatureFit HeldOut(KeptLogits logits, double now)
    {
        if (Obstacle(logits) is { } obstacle)
            return TemperatureFit.NotTold(obstacle);
        var (even, odd) = Halves(logits);
        if (Fit(logits, even) is not { } temperature)
            return TemperatureFit.NotTold(Endless);
        return new TemperatureFit { Temperature = temperature, FittedOn = even.Length, Before = Judge(logits, (odd, now)), After = Judge(logits, (odd, temperature)) };
    }

    /// <summary>Fitted on all samples; each half is judged with what the other one gives.</summary>
    /// <param name="logits">Of all samples, in order.</param>
    /// <param name="now">The temperature that is in use.</param>
    public static TemperatureFit CrossFitted(KeptLogits logits, double now)
    {
        if (Obstacle(logits) is { } obstacle)
            return TemperatureFit.NotTold(obstacle);
        var (even, odd) = Halves(logits);
        int[] all = [.. Enumerable.Range(0, logits.Count)];
        if (Fit(logits, all) is not { } temperature || Fit(logits, even) is not { } ofEven || Fit(logits, odd) is not { } ofOdd)
            return TemperatureFit.NotTold(Endless);
        return new TemperatureFit { Temperature = temperature, FittedOn = all.Length, Before = Judge(logits, (all, now)), After = Judge(logits, (even, ofOdd), (odd, ofEven)) };
    }

    /// <summary>
    /// The minimum of the negative log likelihood, by Newton's method in 1 / T, where the function is convex, kept between ends on both sides of the minimum. Null where
    /// it lies beyond all sensible temperatures.
    /// </summary>
    public static double? Fit(KeptLogits logits, IReadOnlyList<int> places)
    {
        const int MostSteps = 60;
        const double Precision = 1e-7;
        var (low, high, beta) = (1 / Hottest, 1 / Coldest, 1.0);
        if (logits.Derivatives(places, low).First >= 0 || logits.Derivatives(places, high).First <= 0)
            return null;
        for (var step = 0; step < MostSteps; step++)
        {
            var (first, second) = logits.Derivatives(places, beta);
            if (first == 0)
                break;
            (low, high) = first < 0 ? (beta, high) : (low, beta);
            var next = beta - (first / second);
            if (!(next > low && next < high))
                next = (low + high) / 2;
            var isFound = Math.Abs(next - beta) <= Precision * beta;
            beta = next;
            if (isFound)
                break;
        }

        return 1 / beta;
    }

    private static string Endless => string.Create(
        CultureInfo.InvariantCulture, $"the best one is not between {Coldest} and {Hottest}, as where every answer is right; harder samples would tell");

    private static string? Obstacle(KeptLogits logits) =>
        !logits.AreAll ? "the scores of all samples take more memory than is set apart for them; fewer samples would do" :
        logits.Count < LeastSamples ? string.Create(CultureInfo.InvariantCulture, $"that takes {LeastSamples} labelled samples, and there are {logits.Count}") :
        null;

    private static (int[] Even, int[] Odd) Halves(KeptLogits logits) =>
        ([.. Enumerable.Range(0, (logits.Count + 1) / 2).Select(i => 2 * i)], [.. Enumerable.Range(0, logits.Count / 2).Select(i => (2 * i) + 1)]);

    private static ReliabilityCurve Judge(KeptLogits logits, params ReadOnlySpan<(int[] Places, double Temperature)> parts)
    {
        var bins = new ReliabilityBins();
        foreach (var (places, temperature) in parts)
            logits.AddTo(bins, places, temperature);
        return bins.Result();
    }
}
