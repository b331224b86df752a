namespace ModelCompiler;

/// <summary>The two planes of colour of an image in YUV 4:2:0: one value each for every two columns and two rows of pixels.</summary>
/// <param name="u">Blue minus luma (Cb), from the first used value on.</param>
/// <param name="v">Red minus luma (Cr).</param>
/// <param name="uStride">Bytes from one row of <paramref name="u"/> to the next.</param>
/// <param name="vStride">Bytes from one row of <paramref name="v"/> to the next.</param>
/// <param name="pixelStride">Bytes from one value to the next in both: 2 where the planes lie between each other.</param>
/// <param name="color">How luma and chroma become red, green and blue.</param>
internal readonly ref struct ChromaPlanes(
    ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, int uStride, int vStride, int pixelStride, YuvColor color)
{
    public ReadOnlySpan<byte> U { get; private init; } = u;

    public ReadOnlySpan<byte> V { get; private init; } = v;

    public int UStride { get; } = uStride;

    public int VStride { get; } = vStride;

    public int PixelStride { get; } = pixelStride;

    public YuvColor Color { get; } = color;

    /// <summary>1 where the first column of pixels is the second of its pair, as after a crop; else 0.</summary>
    public int PhaseX { get; private init; }

    /// <summary>1 where the first row of pixels is the second of its pair; else 0.</summary>
    public int PhaseY { get; private init; }

    /// <summary>The planes of the part that starts at a column and row of pixels.</summary>
    public ChromaPlanes From(int column, int row)
    {
        if (U.IsEmpty)
            return this;

        var (x, y) = (PhaseX + column, PhaseY + row);
        var start = x / 2 * PixelStride;
        return this with { U = U[((y / 2 * UStride) + start)..], V = V[((y / 2 * VStride) + start)..], PhaseX = x & 1, PhaseY = y & 1 };
    }
}
