namespace ModelCompiler;

/// <summary>The order of the bytes of one pixel.</summary>
public enum PixelFormat
{
    /// <summary>3 bytes: red, green, blue.</summary>
    Rgb,

    /// <summary>4 bytes: red, green, blue, alpha. Alpha is not used.</summary>
    Rgba,

    /// <summary>3 bytes: blue, green, red.</summary>
    Bgr,

    /// <summary>4 bytes: blue, green, red, alpha. Alpha is not used.</summary>
    Bgra,

    /// <summary>1 byte: luminance.</summary>
    Gray,

    /// <summary>1 byte of luma, and in other planes two of chroma for every 2×2 pixels: NV12, NV21, I420 and Android's YUV_420_888.</summary>
    Yuv420,
}
