using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelCompiler;

/// <summary>The planes that an image's channels lie in. A new pixel format says here where its bytes are, and in <see cref="ColorMatrix"/> what they mean.</summary>
internal readonly ref struct ImagePlanes
{
    private ImagePlanes(Plane first, Plane second = default, Plane third = default)
    {
        First = first;
        Second = second;
        Third = third;
    }

    public Plane First { get; }

    public Plane Second { get; }

    public Plane Third { get; }

    /// <summary>Whether V comes before U in a plane that holds both.</summary>
    public bool StartsWithV { get; private init; }

    /// <summary>All of an image, or only its luma.</summary>
    public static ImagePlanes Of(PixelBuffer image, bool lumaSuffices)
    {
        var first = new Plane(image.Bytes, image.Stride, image.BytesPerPixel, Math.Min(3, image.BytesPerPixel));
        return image.Format != PixelFormat.Yuv420 || lumaSuffices ? new ImagePlanes(first) : WithChroma(first, image.Chroma);
    }

    private static ImagePlanes WithChroma(Plane luma, ChromaPlanes chroma)
    {
        if (BytesFrom(chroma.U, chroma.V, chroma) == 1)
            return new ImagePlanes(luma, Chroma(Joined(chroma.U, chroma.V), chroma.UStride, 2, chroma));
        if (BytesFrom(chroma.U, chroma.V, chroma) == -1)
            return new ImagePlanes(luma, Chroma(Joined(chroma.V, chroma.U), chroma.UStride, 2, chroma)) { StartsWithV = true };

        return new ImagePlanes(luma, Chroma(chroma.U, chroma.UStride, 1, chroma), Chroma(chroma.V, chroma.VStride, 1, chroma));
    }

    private static Plane Chroma(ReadOnlySpan<byte> bytes, int stride, int channels, ChromaPlanes chroma) =>
        new(bytes, stride, chroma.PixelStride, channels) { Halving = 1, PhaseX = chroma.PhaseX, PhaseY = chroma.PhaseY };

    /// <summary>How far V lies behind U where the two may lie between each other; else 0.</summary>
    private static nint BytesFrom(ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, ChromaPlanes chroma) =>
        chroma.PixelStride == 2 && chroma.UStride == chroma.VStride
            ? Unsafe.ByteOffset(in MemoryMarshal.GetReference(u), in MemoryMarshal.GetReference(v))
            : 0;

    /// <summary>One span over both, of which the second starts at the second byte of the first.</summary>
    private static ReadOnlySpan<byte> Joined(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        MemoryMarshal.CreateReadOnlySpan(in MemoryMarshal.GetReference(first), second.Length + 1);
}
