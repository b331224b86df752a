namespace ModelCompiler.Evaluation;

/// <summary>
/// 95 % intervals by the basic bootstrap (Davison and Hinkley, Bootstrap Methods and their Application, 1997): as many samples as there are, drawn again and
/// again with replacement. Both models are judged on the same draws, so that what is hard for both does not widen the interval of their difference.
/// </summary>
/// <remarks>
/// Average precision is higher on fewer different images, and a draw has fewer of them. The basic interval takes that back, by mirroring the draws at the figure
/// itself; the percentiles of the draws, which do not, held the true figure of a detector on photos in only three of four cases.
/// </remarks>
/// <param name="Original">Of the original's figure.</param>
/// <param name="Compiled">Of the compiled model's figure.</param>
/// <param name="Drop">Of original minus compiled.</param>
/// <param name="Rise">Of compiled ÷ original − 1.</param>
internal sealed record BootstrapIntervals((double Low, double High) Original, (double Low, double High) Compiled, (double Low, double High) Drop, (double Low, double High) Rise)
{
    private const int Draws = 1000;

    /// <summary>Any number, always the same: equal data give equal intervals.</summary>
    private const int Seed = 20100501;

    public static BootstrapIntervals Of(PairedFigure figure)
    {
        var random = new Random(Seed);
        var times = new int[figure.Samples];
        var originals = new List<double>(Draws);
        var compileds = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            Draw(random, times);
            if (figure.Original(times) is not { } before || figure.Compiled(times) is not { } after)
                continue;   // only samples that show nothing were drawn, such as images without any object
            originals.Add(before);
            compileds.Add(after);
        }

        var once = figure.Once();
        var (from, to) = (figure.Original(once) ?? 0, figure.Compiled(once) ?? 0);
        var drops = originals.Zip(compileds, (before, after) => before - after);
        var rises = originals.Zip(compileds, (before, after) => before == 0 ? 0 : (after / before) - 1);
        return new BootstrapIntervals(
            Around(from, originals, figure.Least, figure.Most),
            Around(to, compileds, figure.Least, figure.Most),
            Around(from - to, drops, from - figure.Most, from - figure.Least),
            Around(from == 0 ? 0 : (to / from) - 1, rises, -1, double.PositiveInfinity));
    }

    private static void Draw(Random random, int[] times)
    {
        Array.Clear(times);
        for (var i = 0; i < times.Length; i++)
            times[random.Next(times.Length)]++;
    }

    /// <summary>Between what is possible at all.</summary>
    private static (double Low, double High) Around(double figure, IEnumerable<double> draws, double least, double most)
    {
        double[] sorted = [.. draws.Order()];
        if (sorted.Length == 0)
            return (least, most);
        var cut = (int)(sorted.Length * 0.025);
        return (Math.Clamp((2 * figure) - sorted[^(cut + 1)], least, most), Math.Clamp((2 * figure) - sorted[cut], least, most));
    }
}
