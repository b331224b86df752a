namespace ModelCompiler.Tests.Images;

/// <summary>The smallest JPEG file: one gray block of 8×8 pixels, written segment by segment so that tests can damage each.</summary>
internal sealed class TinyJpeg
{
    public static readonly byte[] Quantization = [0, .. Enumerable.Repeat((byte)1, 64)];

    /// <summary>One code of one bit each: no difference from the block before, and the end of the block.</summary>
    public static readonly byte[] Huffman = [0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static readonly byte[] Frame = [8, 0, 8, 0, 8, 1, 1, 0x11, 0];

    public static readonly byte[] Scan = [1, 1, 0x00, 0, 63, 0];

    private readonly List<byte> _bytes = [0xFF, 0xD8];

    public static byte[] Whole => new TinyJpeg().With(0xDB, Quantization).With(0xC4, Huffman).With(0xC0, Frame).With(0xDA, Scan).Data().End();

    public TinyJpeg With(byte marker, params byte[] segment)
    {
        _bytes.AddRange([0xFF, marker, (byte)((segment.Length + 2) >> 8), (byte)(segment.Length + 2), .. segment]);
        return this;
    }

    /// <summary>The two codes, filled up with ones.</summary>
    public TinyJpeg Data()
    {
        _bytes.Add(0x3F);
        return this;
    }

    public byte[] End() => [.. _bytes, 0xFF, 0xD9];

    public byte[] Cut() => [.. _bytes];
}
