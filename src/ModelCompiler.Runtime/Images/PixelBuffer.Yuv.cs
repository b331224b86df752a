namespace ModelCompiler;

/// <content>
/// What cameras and video deliver: YUV 4:2:0. A chroma value serves the 2×2 pixels that it was taken from, and where a size is odd, the
/// last one serves fewer: the planes of chroma have <c>(width + 1) / 2</c> columns and <c>(height + 1) / 2</c> rows, rounded down.
/// </content>
public readonly ref partial struct PixelBuffer
{
    /// <summary>A plane of luma, then a plane of U and V in turns, without padding.</summary>
    /// <param name="bytes">Exactly <c>width · height + 2 · ((width + 1) / 2) · ((height + 1) / 2)</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="color">How luma and chroma become red, green and blue.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer Nv12(ReadOnlySpan<byte> bytes, int width, int height, YuvColor color = YuvColor.Bt601)
    {
        CheckContiguous(bytes, width, height, "NV12");
        var luma = width * height;
        return Nv12(bytes[..luma], bytes[luma..], width, height, width, 2 * Half(width), color);
    }

    /// <summary>A plane of luma and a plane of U and V in turns, each with rows a stride apart.</summary>
    /// <param name="luma">At least <c>(height − 1) · lumaStride + width</c> bytes.</param>
    /// <param name="chroma">Half as many rows, rounded up: at least <c>((height + 1) / 2 − 1) · chromaStride + 2 · ((width + 1) / 2)</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="lumaStride">Bytes from one row of luma to the next, at least <c>width</c>.</param>
    /// <param name="chromaStride">Bytes from one row of chroma to the next, at least <c>2 · ((width + 1) / 2)</c>.</param>
    /// <param name="color">How luma and chroma become red, green and blue.</param>
    /// <exception cref="ArgumentException">A size is not positive, a stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer Nv12(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> chroma, int width, int height, int lumaStride, int chromaStride, YuvColor color = YuvColor.Bt601)
    {
        CheckSemiPlanar(luma, chroma, width, height, lumaStride, chromaStride);
        return Yuv(luma, lumaStride, width, height, new ChromaPlanes(chroma, chroma[1..], chromaStride, chromaStride, 2, color));
    }

    /// <summary>A plane of luma, then a plane of V and U in turns, without padding.</summary>
    /// <param name="bytes">Exactly <c>width · height + 2 · ((width + 1) / 2) · ((height + 1) / 2)</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="color">How luma and chroma become red, green and blue.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer Nv21(ReadOnlySpan<byte> bytes, int width, int height, YuvColor color = YuvColor.Bt601)
    {
        CheckContiguous(bytes, width, height, "NV21");
        var luma = width * height;
        return Nv21(bytes[..luma], bytes[luma..], width, height, width, 2 * Half(width), color);
    }

    /// <summary>A plane of luma and a plane of V and U in turns, each with rows a stride apart.</summary>
    /// <param name="luma">At least <c>(height − 1) · lumaStride + width</c> bytes.</param>
    /// <param name="chroma">Half as many rows, rounded up: at least <c>((height + 1) / 2 − 1) · chromaStride + 2 · ((width + 1) / 2)</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="lumaStride">Bytes from one row of luma to the next, at least <c>width</c>.</param>
    /// <param name="chromaStride">Bytes from one row of chroma to the next, at least <c>2 · ((width + 1) / 2)</c>.</param>
    /// <param name="color">How luma and chroma become red, green and blue.</param>
    /// <exception cref="ArgumentException">A size is not positive, a stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer Nv21(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> chroma, int width, int height, int lumaStride, int chromaStride, YuvColor color = YuvColor.Bt601)
    {
        CheckSemiPlanar(luma, chroma, width, height, lumaStride, chromaStride);
        return Yuv(luma, lumaStride, width, height, new ChromaPlanes(chroma[1..], chroma, chromaStride, chromaStride, 2, color));
    }

    /// <summary>A plane of luma, then one of U, then one of V, without padding.</summary>
    /// <param name="bytes">Exactly <c>width · height + 2 · ((width + 1) / 2) · ((height + 1) / 2)</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="color">How luma and chroma become red, green and blue.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of bytes does not fit it.</exception>
    public static PixelBuffer I420(ReadOnlySpan<byte> bytes, int width, int height, YuvColor color = YuvColor.Bt601)
    {
        CheckContiguous(bytes, width, height, "I420");
        var luma = width * height;
        var chroma = Half(width) * Half(height);
        return I420(bytes[..luma], bytes.Slice(luma, chroma), bytes[(luma + chroma)..], width, height, width, Half(width), Half(width), color);
    }

    /// <summary>Planes of luma, U and V, each with rows a stride apart.</summary>
    /// <param name="luma">At least <c>(height − 1) · lumaStride + width</c> bytes.</param>
    /// <param name="u">At least <c>((height + 1) / 2 − 1) · uStride + (width + 1) / 2</c> bytes.</param>
    /// <param name="v">At least <c>((height + 1) / 2 − 1) · vStride + (width + 1) / 2</c> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="lumaStride">Bytes from one row of luma to the next, at least <c>width</c>.</param>
    /// <param name="uStride">Bytes from one row of U to the next, at least <c>(width + 1) / 2</c>.</param>
    /// <param name="vStride">Bytes from one row of V to the next, at least <c>(width + 1) / 2</c>.</param>
    /// <param name="color">How luma and chroma become red, green and blue.</param>
    /// <exception cref="ArgumentException">A size is not positive, a stride is shorter than a row, or there are too few bytes.</exception>
    public static PixelBuffer I420(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, int width, int height, int lumaStride, int uStride, int vStride, YuvColor color = YuvColor.Bt601)
    {
        CheckLuma(luma, width, height, lumaStride);
        CheckPlane(u, nameof(u), Half(width), Half(height), 1, uStride, nameof(uStride), "values of U");
        CheckPlane(v, nameof(v), Half(width), Half(height), 1, vStride, nameof(vStride), "values of V");
        return Yuv(luma, lumaStride, width, height, new ChromaPlanes(u, v, uStride, vStride, 1, color));
    }

    /// <summary>Planes of luma, U and V as Android's <c>YUV_420_888</c> gives them: those of chroma alone, or lying between each other.</summary>
    /// <param name="luma">At least <c>(height − 1) · lumaStride + width</c> bytes.</param>
    /// <param name="u">At least <c>((height + 1) / 2 − 1) · chromaStride + ((width + 1) / 2 − 1) · chromaPixelStride + 1</c> bytes.</param>
    /// <param name="v">As many bytes as <paramref name="u"/> must have, or more.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="lumaStride">Bytes from one row of luma to the next, at least <c>width</c>.</param>
    /// <param name="chromaStride">Bytes from one row of U, and of V, to the next.</param>
    /// <param name="chromaPixelStride">Bytes from one value of U, and of V, to the next: 1 or 2.</param>
    /// <param name="color">How luma and chroma become red, green and blue.</param>
    /// <exception cref="ArgumentException">A size is not positive, a stride is shorter than a row, the pixel stride is not 1 or 2, or there are too few bytes.</exception>
    public static PixelBuffer Yuv420(
        ReadOnlySpan<byte> luma, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, int width, int height, int lumaStride, int chromaStride, int chromaPixelStride, YuvColor color = YuvColor.Bt601)
    {
        CheckLuma(luma, width, height, lumaStride);
        if (chromaPixelStride is not (1 or 2))
            throw new ArgumentException(Text($"Values of chroma lie 1 or 2 bytes apart, not {chromaPixelStride}."), nameof(chromaPixelStride));

        CheckChroma(u, nameof(u), width, height, chromaStride, chromaPixelStride);
        CheckChroma(v, nameof(v), width, height, chromaStride, chromaPixelStride);
        return Yuv(luma, lumaStride, width, height, new ChromaPlanes(u, v, chromaStride, chromaStride, chromaPixelStride, color));
    }
}
