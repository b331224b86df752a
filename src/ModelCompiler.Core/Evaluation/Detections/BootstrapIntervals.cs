namespace ModelCompiler.Evaluation.Detections;

/// <summary>
/// 95 % intervals by the percentile bootstrap (Efron 1979): as many images as there are, drawn again and again with replacement. Both models are judged on
/// the same draws, so that what is hard for both does not widen the interval of their difference.
/// </summary>
/// <param name="Compiled">Of the compiled model's average precision.</param>
/// <param name="Drop">Of original minus compiled.</param>
internal sealed record BootstrapIntervals((double Low, double High) Compiled, (double Low, double High) Drop)
{
    private const int Draws = 1000;

    /// <summary>Any number, always the same: equal data give equal intervals.</summary>
    private const int Seed = 20100501;

    public static BootstrapIntervals Of(AveragePrecision original, AveragePrecision compiled)
    {
        var random = new Random(Seed);
        var times = new int[original.Images];
        var figures = new List<double>(Draws);
        var drops = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            Draw(random, times);
            if (original.Mean(times) is not { } before || compiled.Mean(times) is not { } after)
                continue;   // only images without any object were drawn
            figures.Add(after);
            drops.Add(before - after);
        }

        return new BootstrapIntervals(Middle95(figures), Middle95(drops));
    }

    private static void Draw(Random random, int[] times)
    {
        Array.Clear(times);
        for (var i = 0; i < times.Length; i++)
            times[random.Next(times.Length)]++;
    }

    private static (double Low, double High) Middle95(List<double> values)
    {
        if (values.Count == 0)
            return (0, 0);
        values.Sort();
        var cut = (int)(values.Count * 0.025);
        return (values[cut], values[^(cut + 1)]);
    }
}
