namespace ModelCompiler.Evaluation.Detections;

/// <summary>
/// 95 % intervals by the basic bootstrap (Davison and Hinkley, Bootstrap Methods and their Application, 1997): as many images as there are, drawn again and
/// again with replacement. Both models are judged on the same draws, so that what is hard for both does not widen the interval of their difference.
/// </summary>
/// <remarks>
/// Average precision is higher on fewer different images, and a draw has fewer of them. The basic interval takes that back, by mirroring the draws at the figure
/// itself; the percentiles of the draws, which do not, held the true figure of a detector on photos in only three of four cases.
/// </remarks>
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

        var (from, to) = (original.Mean() ?? 0, compiled.Mean() ?? 0);
        return new BootstrapIntervals(Around(to, figures, 0, 1), Around(from - to, drops, from - 1, from));
    }

    private static void Draw(Random random, int[] times)
    {
        Array.Clear(times);
        for (var i = 0; i < times.Length; i++)
            times[random.Next(times.Length)]++;
    }

    /// <summary>Between what is possible at all.</summary>
    private static (double Low, double High) Around(double figure, List<double> draws, double least, double most)
    {
        if (draws.Count == 0)
            return (least, most);
        draws.Sort();
        var cut = (int)(draws.Count * 0.025);
        return (Math.Clamp((2 * figure) - draws[^(cut + 1)], least, most), Math.Clamp((2 * figure) - draws[cut], least, most));
    }
}
