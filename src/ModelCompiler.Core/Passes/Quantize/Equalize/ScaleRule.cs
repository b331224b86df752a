namespace ModelCompiler.Passes;

/// <summary>s = range^α / weight^β: how much a channel with a wide range is divided, and one that large weights read is spared.</summary>
/// <remarks>α = β = ½ is cross-layer equalization (Nagel et al., 2019, arXiv:1906.04721); α + β = 1 is SmoothQuant (Xiao et al., 2022, arXiv:2211.10438).</remarks>
/// <param name="Alpha">0 … 1</param>
/// <param name="Beta">0 … 1</param>
internal sealed record ScaleRule(double Alpha, double Beta)
{
    private const int Steps = 8;

    /// <summary>Of the middle scale, and its inverse: samples of another kind may need channels that are nearly silent in these.</summary>
    private const double MostScale = 4;

    /// <summary>Of the widest range and the greatest weight: what is smaller counts as this.</summary>
    private const double Least = 1e-6;

    /// <summary>Leaves all channels as they are.</summary>
    public static ScaleRule None { get; } = new(0, 0);

    /// <summary>What is tried, <see cref="None"/> first.</summary>
    public static IReadOnlyList<ScaleRule> Candidates { get; } =
        [.. from alpha in Enumerable.Range(0, Steps + 1) from beta in Enumerable.Range(0, Steps + 1) select new ScaleRule((double)alpha / Steps, (double)beta / Steps)];

    public double[] Scales(ChannelExtents channels)
    {
        var logs = channels.Ranges.Zip(channels.Weights, (range, weight) => (Alpha * Math.Log(Math.Max(range, Least))) - (Beta * Math.Log(Math.Max(weight, Least)))).ToArray();
        var middle = logs.Average();
        return Array.ConvertAll(logs, log => Math.Clamp(Math.Exp(log - middle), 1 / MostScale, MostScale));
    }
}
