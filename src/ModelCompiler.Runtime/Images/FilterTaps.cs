namespace ModelCompiler;

/// <summary>For each output position along one axis, the source positions it is made of and their weights.</summary>
/// <remarks>
/// A triangle filter with half-pixel centres. Where the axis shrinks by <c>s</c>, the filter is <c>s</c> times as wide, so that its
/// weights cover every source position. Weights are normalised to sum to one, also at the borders. The formulas are those of Pillow's
/// <c>Image.resize(…, BILINEAR)</c> (src/libImaging/Resample.c), without its rounding to bytes between the two axes.
/// </remarks>
internal sealed class FilterTaps
{
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly float[] _weights;
    private readonly int _widest;

    private FilterTaps(int outputs, int widest)
    {
        _first = new int[outputs];
        _count = new int[outputs];
        _weights = new float[checked(outputs * widest)];
        _widest = widest;
    }

    /// <summary>Output positions.</summary>
    public int Count => _first.Length;

    /// <summary>The first source position that any output uses.</summary>
    public int Start => _first[0];

    /// <summary>One past the last source position that any output uses.</summary>
    public int End => _first[^1] + _count[^1];

    /// <summary>The first source position of an output.</summary>
    public int First(int output) => _first[output];

    /// <summary>The weights of an output, for consecutive source positions.</summary>
    public ReadOnlySpan<float> Weights(int output) => _weights.AsSpan(output * _widest, _count[output]);

    /// <summary>Taps for <paramref name="count"/> outputs from <paramref name="start"/> on, of an axis scaled from one length to another.</summary>
    public static FilterTaps Create(int sourceLength, int scaledLength, int start, int count)
    {
        var scale = (double)sourceLength / scaledLength;
        var support = Math.Max(scale, 1);
        var taps = new FilterTaps(count, Math.Min(sourceLength, ((int)Math.Ceiling(support) * 2) + 1));
        for (var output = 0; output < count; output++)
            taps.Set(output, (start + output + 0.5) * scale, support, sourceLength);
        return taps;
    }

    private void Set(int output, double center, double support, int sourceLength)
    {
        var first = Math.Max(0, (int)(center - support + 0.5));
        var end = Math.Min(sourceLength, (int)(center + support + 0.5));
        _first[output] = first;
        _count[output] = end - first;

        var sum = 0.0;
        for (var source = first; source < end; source++)
            sum += Triangle(source, center, support);

        var weights = _weights.AsSpan(output * _widest, end - first);
        for (var tap = 0; tap < weights.Length; tap++)
            weights[tap] = (float)(Triangle(first + tap, center, support) / sum);
    }

    private static double Triangle(int source, double center, double support) =>
        Math.Max(0, 1 - Math.Abs((source + 0.5 - center) / support));
}
