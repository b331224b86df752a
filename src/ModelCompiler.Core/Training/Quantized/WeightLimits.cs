using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Training.Quantized;

/// <summary>How far the integers of a weight may go in training, in steps from the zero point.</summary>
/// <param name="Least">One, or one for each element.</param>
/// <param name="Greatest">The same.</param>
internal sealed record WeightLimits(Tensor Least, Tensor Greatest)
{
    /// <summary>Two weights by unsigned activations of 8 bits: 255·128 &lt; 2¹⁵.</summary>
    private const int PairThatFits = 128;

    private readonly float[] _least = Least.ToFloats();
    private readonly float[] _greatest = Greatest.ToFloats();

    /// <summary>As far as they go now, on both sides: a format may use less than its type holds.</summary>
    public static WeightLimits OfRange(IntegerWeight weight)
    {
        var steps = weight.Steps();
        var most = steps.Length == 0 ? 0 : steps.Max(Math.Abs);
        return new(Tensor.Scalar(Math.Max(-most, weight.Reach.Least)), Tensor.Scalar(Math.Min(most, weight.Reach.Greatest)));
    }

    /// <summary>
    /// So that no two products of an output channel leave the 16 bits in which x64 processors without VNNI add them (see <see cref="PairSums"/>): of each sign the greatest
    /// weight stays where it is at most, and every other one has what is left beside it, or what it has now.
    /// </summary>
    public static WeightLimits OfPairs(IntegerWeight weight)
    {
        var steps = weight.Steps();
        var (least, greatest) = (new float[steps.Length], new float[steps.Length]);
        for (var channel = 0; channel < weight.Layout.Channels; channel++)
        {
            Limit(weight.Layout, channel, steps, greatest, 1);
            Limit(weight.Layout, channel, steps, least, -1);
        }

        return new(Tensor.Of(least, weight.Integers.Dims), Tensor.Of(greatest, weight.Integers.Dims));
    }

    /// <summary>The allowed integer nearest to a number; of two, the even one.</summary>
    public float Nearest(int element, float number) =>
        MathF.Min(MathF.Max(MathF.Round(number, MidpointRounding.ToEven), _least[_least.Length == 1 ? 0 : element]), _greatest[_greatest.Length == 1 ? 0 : element]);

    private static void Limit(ChannelLayout layout, int channel, float[] steps, float[] ends, int sign)
    {
        int[] places = [.. Enumerable.Range(0, layout.Outer).SelectMany(outer => Enumerable.Range(layout.Start(outer, channel), layout.Inner))];
        var top = places.MaxBy(i => sign * steps[i]);
        var most = Math.Max(sign * steps[top], PairThatFits / 2);
        foreach (var i in places)
            ends[i] = sign * (i == top ? most : Math.Max(sign * steps[i], PairThatFits - most));
    }
}
