namespace ModelCompiler;

/// <content>What the planes of YUV images must have.</content>
public readonly ref partial struct PixelBuffer
{
    private static PixelBuffer Yuv(ReadOnlySpan<byte> luma, int lumaStride, int width, int height, ChromaPlanes chroma) =>
        new(luma, width, height, lumaStride, PixelFormat.Yuv420) { Chroma = chroma };

    private static void CheckContiguous(ReadOnlySpan<byte> bytes, int width, int height, string layout)
    {
        CheckSize(width, height);
        var expected = ((long)width * height) + (2L * Half(width) * Half(height));
        if (bytes.Length != expected)
            throw Mismatch(bytes, nameof(bytes), width, height, $"{layout} pixels", Text($"exactly {expected}"));
    }

    private static void CheckSemiPlanar(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> chroma, int width, int height, int lumaStride, int chromaStride)
    {
        CheckLuma(luma, width, height, lumaStride);
        CheckPlane(chroma, nameof(chroma), Half(width), Half(height), 2, chromaStride, nameof(chromaStride), "pairs of chroma");
    }

    private static void CheckLuma(ReadOnlySpan<byte> luma, int width, int height, int lumaStride)
    {
        CheckSize(width, height);
        CheckPlane(luma, nameof(luma), width, height, 1, lumaStride, nameof(lumaStride), "values of luma");
    }

    /// <summary>Of a plane with gaps: the last value of a row needs no gap behind it.</summary>
    private static void CheckChroma(ReadOnlySpan<byte> bytes, string name, int width, int height, int chromaStride, int pixelStride)
    {
        var (columns, rows) = (Half(width), Half(height));
        var row = ((long)(columns - 1) * pixelStride) + 1;
        if (chromaStride < row)
            throw new ArgumentException(Text($"The stride is {chromaStride} bytes, but a row of {columns} values of chroma takes {row}."), nameof(chromaStride));

        var expected = ((long)(rows - 1) * chromaStride) + row;
        if (bytes.Length < expected)
            throw Mismatch(bytes, name, columns, rows, "values of chroma", Text($"at least {expected} with stride {chromaStride} and pixel stride {pixelStride}"));
    }

    /// <summary>Columns or rows of chroma for as many of pixels: half, rounded up.</summary>
    private static int Half(int length) => (int)(((long)length + 1) / 2);
}
