using System.Runtime.InteropServices;

namespace ModelCompiler.Passes;

/// <summary>
/// How the elements of a tensor divide into channels along one axis: element (outer, channel, inner) lies at
/// (outer·<paramref name="Channels"/> + channel)·<paramref name="Inner"/> + inner.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChannelLayout(int Outer, int Channels, int Inner)
{
    public static ChannelLayout Of(ReadOnlySpan<long> dims, int axis) =>
        new((int)Product(dims[..axis]), (int)dims[axis], (int)Product(dims[(axis + 1)..]));

    /// <summary>One channel that holds everything.</summary>
    public static ChannelLayout Whole(long count) => new(1, 1, (int)count);

    public int Start(int outer, int channel) => ((outer * Channels) + channel) * Inner;

    private static long Product(ReadOnlySpan<long> dims)
    {
        long product = 1;
        foreach (var dim in dims)
            product *= dim;
        return product;
    }
}
