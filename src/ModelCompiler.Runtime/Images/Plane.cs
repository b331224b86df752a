namespace ModelCompiler;

/// <summary>A rectangle of bytes that holds some of an image's channels.</summary>
/// <param name="bytes">From the first used byte on.</param>
/// <param name="stride">Bytes from one row to the next.</param>
/// <param name="pixelStride">Bytes from one column to the next: 1 to 4.</param>
/// <param name="channels">How many of a column's bytes are used, its first ones: 1 to 3.</param>
internal readonly ref struct Plane(ReadOnlySpan<byte> bytes, int stride, int pixelStride, int channels)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Stride { get; } = stride;

    public int PixelStride { get; } = pixelStride;

    public int Channels { get; } = channels;

    /// <summary>1 where a column or row of the plane serves two of the image, else 0.</summary>
    public int Halving { get; init; }

    /// <summary>1 where the image's first column is the second that the plane's first column serves.</summary>
    public int PhaseX { get; init; }

    /// <summary>1 where the image's first row is the second that the plane's first row serves.</summary>
    public int PhaseY { get; init; }

    /// <summary>The plane's column for a column of the image.</summary>
    public int Column(int x) => (x + PhaseX) >> Halving;

    /// <summary>The plane's row for a row of the image.</summary>
    public int Row(int y) => (y + PhaseY) >> Halving;
}
