namespace ModelCompiler.Tests.Images;

/// <summary>The forms in which YUV 4:2:0 lies in memory.</summary>
public enum YuvMemory
{
    Nv12,
    Nv12Planes,
    Nv21,
    Nv21Planes,
    I420,
    I420Planes,
    AndroidPlanes,
    AndroidBetweenEachOther,
    AndroidCopies,
}

/// <summary>Reproducible YUV images in every form; bytes between rows and planes are noise that must never be read as pixels.</summary>
internal sealed class CameraImage
{
    private readonly YuvMemory _memory;
    private readonly YuvColor _color;
    private readonly int _padding;
    private readonly byte[] _luma;
    private readonly byte[] _u;
    private readonly byte[] _v;
    private readonly byte[] _bytes;

    public CameraImage(Random random, YuvMemory memory, int width, int height, int padding = 0, YuvColor color = YuvColor.Bt601)
    {
        (_memory, _color, Width, Height) = (memory, color, width, height);
        _padding = memory is YuvMemory.Nv12 or YuvMemory.Nv21 or YuvMemory.I420 ? 0 : padding;
        _luma = Noise(random, width * height);
        _u = Noise(random, HalfWidth * HalfHeight);
        _v = Noise(random, HalfWidth * HalfHeight);
        _bytes = Lay(random);
    }

    public int Width { get; }

    public int Height { get; }

    public ReferenceImage Reference => new(Width, Height, (x, y) =>
        ReferencePixel.FromYuv(_luma[(y * Width) + x], _u[(y / 2 * HalfWidth) + (x / 2)], _v[(y / 2 * HalfWidth) + (x / 2)], _color));

    public PixelBuffer Pixels
    {
        get
        {
            ReadOnlySpan<byte> luma = _bytes.AsSpan(0, ((Height - 1) * LumaStride) + Width);
            ReadOnlySpan<byte> rest = _bytes.AsSpan(Height * LumaStride);
            var first = rest[..(((HalfHeight - 1) * ChromaStride) + ChromaRow)];
            var second = HasTwoPlanesOfChroma ? rest.Slice(HalfHeight * ChromaStride, first.Length) : default;
            return _memory switch
            {
                YuvMemory.Nv12 => PixelBuffer.Nv12(_bytes, Width, Height, _color),
                YuvMemory.Nv21 => PixelBuffer.Nv21(_bytes, Width, Height, _color),
                YuvMemory.I420 => PixelBuffer.I420(_bytes, Width, Height, _color),
                YuvMemory.Nv12Planes => PixelBuffer.Nv12(luma, first, Width, Height, LumaStride, ChromaStride, _color),
                YuvMemory.Nv21Planes => PixelBuffer.Nv21(luma, first, Width, Height, LumaStride, ChromaStride, _color),
                YuvMemory.I420Planes => PixelBuffer.I420(luma, first, second, Width, Height, LumaStride, ChromaStride, ChromaStride, _color),
                YuvMemory.AndroidPlanes => PixelBuffer.Yuv420(luma, first, second, Width, Height, LumaStride, ChromaStride, 1, _color),
                YuvMemory.AndroidBetweenEachOther => PixelBuffer.Yuv420(luma, first[1..], first[..^1], Width, Height, LumaStride, ChromaStride, 2, _color),
                _ => PixelBuffer.Yuv420(luma, first[..^1].ToArray(), first[1..].ToArray(), Width, Height, LumaStride, ChromaStride, 2, _color),
            };
        }
    }

    private int HalfWidth => (Width + 1) / 2;

    private int HalfHeight => (Height + 1) / 2;

    private bool HasTwoPlanesOfChroma => _memory is YuvMemory.I420 or YuvMemory.I420Planes or YuvMemory.AndroidPlanes;

    private bool StartsWithV => _memory is YuvMemory.Nv21 or YuvMemory.Nv21Planes or YuvMemory.AndroidBetweenEachOther;

    private int ChromaRow => HasTwoPlanesOfChroma ? HalfWidth : 2 * HalfWidth;

    private int LumaStride => Width + _padding;

    private int ChromaStride => ChromaRow + (_padding / 2);

    private byte[] Lay(Random random)
    {
        var chroma = HalfHeight * ChromaStride;
        var bytes = Noise(random, (Height * LumaStride) + (HasTwoPlanesOfChroma ? 2 * chroma : chroma));
        for (var y = 0; y < Height; y++)
            _luma.AsSpan(y * Width, Width).CopyTo(bytes.AsSpan(y * LumaStride));
        for (var y = 0; y < HalfHeight; y++)
        {
            for (var x = 0; x < HalfWidth; x++)
            {
                var start = (Height * LumaStride) + (y * ChromaStride);
                var (u, v) = HasTwoPlanesOfChroma ? (start + x, start + chroma + x) : (start + (2 * x), start + (2 * x) + 1);
                if (StartsWithV)
                    (u, v) = (v, u);
                bytes[u] = _u[(y * HalfWidth) + x];
                bytes[v] = _v[(y * HalfWidth) + x];
            }
        }

        return bytes;
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
