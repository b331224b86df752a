using System.Numerics.Tensors;

namespace ModelCompiler.Evaluation;

/// <summary>A number for each sample and model, such as an error, whose means are compared.</summary>
/// <remarks>16 bytes a sample are kept, for intervals that draw the samples again.</remarks>
internal sealed class PairedMeans
{
    private const int Flips = 1000;

    /// <summary>Any number, always the same: equal data give equal p values.</summary>
    private const int Seed = 19350101;

    private readonly List<double> _original = [];
    private readonly List<double> _compiled = [];

    public int Samples => _original.Count;

    public double Original => _original.Average();

    public double Compiled => _compiled.Average();

    /// <summary>The smallest number of the compiled model.</summary>
    public double LeastCompiled => _compiled.Min();

    public void Add(double original, double compiled)
    {
        _original.Add(original);
        _compiled.Add(compiled);
    }

    /// <summary>The means, or what <paramref name="of"/> makes of them.</summary>
    public PairedFigure Figure(Func<double, double>? of = null)
    {
        var (original, compiled) = (_original.ToArray(), _compiled.ToArray());
        return new PairedFigure(Samples, times => Apply(Mean(original, times)), times => Apply(Mean(compiled, times)));
        double Apply(double mean) => of is null ? mean : of(mean);
    }

    /// <summary>
    /// How likely so large a mean difference would be if it were chance which of the two models a sample's numbers belong to: Fisher's randomization test (The Design of
    /// Experiments, 1935, section 21), two-sided, by 1000 random assignments.
    /// </summary>
    public double RandomizationTest()
    {
        var random = new Random(Seed);
        var differences = new double[Samples];
        TensorPrimitives.Subtract(_compiled.ToArray(), _original.ToArray(), differences);
        // As large but for rounding, which depends on the order of the sum.
        var seen = Math.Abs(TensorPrimitives.Sum<double>(differences)) * (1 - 1e-12);
        var asLarge = 0;
        for (var flip = 0; flip < Flips; flip++)
            asLarge += Math.Abs(SumOfRandomSigns(differences, random)) >= seen ? 1 : 0;
        return (asLarge + 1.0) / (Flips + 1);
    }

    private static double Mean(double[] values, ReadOnlySpan<int> times)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += times[i] * values[i];
            count += times[i];
        }

        return sum / count;
    }

    private static double SumOfRandomSigns(double[] differences, Random random)
    {
        var (sum, signs) = (0.0, 0L);
        for (var i = 0; i < differences.Length; i++)
        {
            if (i % 63 == 0)
                signs = random.NextInt64();
            sum += (signs & 1) == 0 ? differences[i] : -differences[i];
            signs >>= 1;
        }

        return sum;
    }
}
