using System.Drawing;

namespace ModelCompiler;

/// <summary>Paints classes over an image.</summary>
internal static class MaskOverlay
{
    public static byte[] Paint(PixelBuffer image, ReadOnlySpan<ushort> classes, float opacity, Func<int, Color> palette)
    {
        if (image.Format == PixelFormat.Yuv420 || image.Orientation != default)
            image = PixelBuffer.Rgb(image.ToRgb(), image.Width, image.Height);
        var (red, green, blue, size) = Places(image.Format);
        var painted = new byte[classes.Length * 4];
        var coats = new Dictionary<ushort, Coat>();
        var coat = CoatOf(classes[0]);
        for (var i = 0; i < classes.Length; i++)
        {
            if (i > 0 && classes[i] != classes[i - 1])
                coat = CoatOf(classes[i]);
            var pixel = image.Bytes.Slice((i / image.Width * image.Stride) + (i % image.Width * size), size);
            var target = painted.AsSpan(i * 4, 4);
            target[0] = coat.Over(pixel[red], coat.Color.R);
            target[1] = coat.Over(pixel[green], coat.Color.G);
            target[2] = coat.Over(pixel[blue], coat.Color.B);
            target[3] = byte.MaxValue;
        }

        return painted;

        Coat CoatOf(ushort index)
        {
            if (!coats.TryGetValue(index, out var known))
                coats[index] = known = index == SegmentationMask.Unseen ? default : Coat.Of(palette(index), opacity);
            return known;
        }
    }

    /// <summary>A colour, and how much of what is below it covers: nothing, where it is default.</summary>
    private readonly record struct Coat(Color Color, float Share)
    {
        public static Coat Of(Color color, float opacity) => new(color, opacity * color.A / byte.MaxValue);

        public byte Over(byte below, byte above) => (byte)MathF.Round(below + ((above - below) * Share));
    }

    private static (int Red, int Green, int Blue, int Size) Places(PixelFormat format) => format switch
    {
        PixelFormat.Rgb => (0, 1, 2, 3),
        PixelFormat.Rgba => (0, 1, 2, 4),
        PixelFormat.Bgr => (2, 1, 0, 3),
        PixelFormat.Bgra => (2, 1, 0, 4),
        _ => (0, 0, 0, 1),
    };
}
