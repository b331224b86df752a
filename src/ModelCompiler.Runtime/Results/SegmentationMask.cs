using System.Drawing;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelCompiler;

/// <summary>What a model sees in an image, pixel by pixel: the class of each, in the size of the image that was given.</summary>
/// <typeparam name="TLabel">The enum of the model's labels, or <see cref="int"/> where it has none.</typeparam>
public sealed class SegmentationMask<TLabel>
    where TLabel : unmanaged
{
    private readonly ushort[] _classes;

    /// <summary>Wraps classes that the caller gives away.</summary>
    /// <param name="classes">The index of each pixel's class, row after row, or <see cref="SegmentationMask.Unseen"/>.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">There are more or fewer classes than pixels, or the label's type is not 32 bits wide.</exception>
    public SegmentationMask(ushort[] classes, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (classes.Length != (long)width * height)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A mask of {width}×{height} pixels cannot have {classes.Length} classes."), nameof(classes));
        if (Unsafe.SizeOf<TLabel>() != sizeof(int))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A label is an enum over int, or int itself, but {typeof(TLabel).Name} takes {Unsafe.SizeOf<TLabel>()} bytes."), nameof(classes));
        (_classes, Width, Height) = (classes, width, height);
        Unseen = (float)classes.AsSpan().Count(SegmentationMask.Unseen) / classes.Length;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The index of each pixel's class, row after row; <see cref="SegmentationMask.Unseen"/> where a crop kept the pixel from the model.</summary>
    public ReadOnlySpan<ushort> Classes => _classes;

    /// <summary>The share of pixels that a crop kept from the model, 0 to 1: nothing is known of them.</summary>
    public float Unseen { get; }

    /// <summary>The class of a pixel; null where a crop kept it from the model.</summary>
    /// <param name="x">The column, from 0.</param>
    /// <param name="y">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside of the image.</exception>
    public TLabel? this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
            return _classes[(y * Width) + x] is var found && found == SegmentationMask.Unseen ? null : Unsafe.BitCast<int, TLabel>(found);
        }
    }

    /// <summary>The share of a class among the pixels that the model saw, 0 to 1.</summary>
    /// <param name="label">The class.</param>
    public float Share(TLabel label)
    {
        var index = Unsafe.BitCast<TLabel, int>(label);
        if (index is < 0 or >= SegmentationMask.Unseen || Unseen == 1)
            return 0;
        return (float)_classes.AsSpan().Count((ushort)index) / (_classes.Length - _classes.AsSpan().Count(SegmentationMask.Unseen));
    }

    /// <summary>Paints the classes over an image. Pixels that the model did not see keep their colour.</summary>
    /// <param name="image">The image that was segmented, or another of its size.</param>
    /// <param name="opacity">How much the paint covers: 0 leaves the image as it is, 1 shows nothing but classes.</param>
    /// <param name="palette">The colour of each class, whose alpha counts too; null for <see cref="SegmentationMask.ColorOf"/>.</param>
    /// <returns>Tightly packed pixels of 4 bytes (red, green, blue, alpha): <see cref="PixelBuffer.Rgba(ReadOnlySpan{byte}, int, int)"/> takes them.</returns>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="opacity"/> is not from 0 to 1.</exception>
    public byte[] Overlay(PixelBuffer image, float opacity = 0.5f, Func<TLabel, Color>? palette = null)
    {
        if (image.Width != Width || image.Height != Height)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The mask is of {Width}×{Height} pixels, but the image has {image.Width}×{image.Height}."), nameof(image));
        if (!(opacity >= 0 && opacity <= 1))
            throw new ArgumentOutOfRangeException(nameof(opacity), opacity, "It has to be from 0 to 1.");
        var colors = palette is null ? (Func<int, Color>)SegmentationMask.ColorOf : index => palette(Unsafe.BitCast<int, TLabel>(index));
        return MaskOverlay.Paint(image, _classes, opacity, colors);
    }

    /// <summary>For example <c>Mask of 640×480 pixels</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Mask of {Width}×{Height} pixels");
}

/// <summary>What all masks have in common.</summary>
public static class SegmentationMask
{
    /// <summary>Stands in <see cref="SegmentationMask{TLabel}.Classes"/> for a pixel that the model did not see.</summary>
    public const ushort Unseen = ushort.MaxValue;

    /// <summary>A colour for each class, the same ones every time: black for class 0, then maroon, green, olive, navy and so on.</summary>
    /// <remarks>The colour map of PASCAL VOC (VOCcolormap.m of its development kit): each three bits of the index, from the lowest on, are bits of red, green and blue, from the highest on.</remarks>
    /// <param name="index">The index of the class, from 0.</param>
    public static Color ColorOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (red, green, blue) = (0, 0, 0);
        for (var bit = 7; bit >= 0; bit--, index >>= 3)
            (red, green, blue) = (red | ((index & 1) << bit), green | (((index >> 1) & 1) << bit), blue | (((index >> 2) & 1) << bit));
        return Color.FromArgb(red, green, blue);
    }
}
