using System.Numerics.Tensors;
using ModelCompiler.Contract;

namespace ModelCompiler.Calibration.Checks;

/// <summary>Where the pixels of a picture lie in a tensor: all of them, or those between a letterbox's bars.</summary>
/// <param name="Planes">1 where the numbers of a pixel lie together, else one for each channel.</param>
/// <param name="Together">Numbers of a pixel that lie together.</param>
/// <param name="Columns">Pixels in a row of the tensor.</param>
/// <param name="Rows">Rows of the tensor.</param>
internal readonly record struct PixelGrid(int Planes, int Together, int Columns, int Rows)
{
    private int Left { get; init; }

    private int Top { get; init; }

    /// <summary>Columns of the picture.</summary>
    public int Width { get; private init; } = Columns;

    /// <summary>Rows of the picture.</summary>
    public int Height { get; private init; } = Rows;

    /// <summary>Null for a tensor that holds several pictures or none.</summary>
    /// <param name="dims">Of the tensor: [1, channels, height, width], [1, height, width, channels], or the same without the first axis.</param>
    /// <param name="layout">Which of them.</param>
    /// <param name="picture">The picture that became the tensor; null where the tensor is all that is known.</param>
    public static PixelGrid? Of(ReadOnlySpan<long> dims, ImageLayout layout, Picture? picture)
    {
        if (dims.Length == 4 && dims[0] == 1)
            dims = dims[1..];
        if (dims.Length != 3 || dims.Contains(0))
            return null;
        var all = layout == ImageLayout.Nhwc
            ? new PixelGrid(1, (int)dims[2], (int)dims[1], (int)dims[0])
            : new PixelGrid((int)dims[0], 1, (int)dims[2], (int)dims[1]);
        return picture is null ? all : all.Between(picture.Geometry.ToModel(0, 0), picture.Geometry.ToModel(picture.Width, picture.Height));
    }

    /// <summary>Mean of all channels in one cell of a grid that is laid over the picture.</summary>
    public float MeanOf(ReadOnlySpan<float> pixels, int cellX, int cellY, int cells)
    {
        var (left, right) = (Left + (cellX * Width / cells), Left + ((cellX + 1) * Width / cells));
        var (top, bottom) = (Top + (cellY * Height / cells), Top + ((cellY + 1) * Height / cells));
        double sum = 0;
        for (var plane = 0; plane < Planes; plane++)
        {
            for (var row = top; row < bottom; row++)
                sum += TensorPrimitives.Sum(pixels.Slice(((((plane * Rows) + row) * Columns) + left) * Together, (right - left) * Together));
        }

        return (float)(sum / ((double)(right - left) * (bottom - top) * Planes * Together));
    }

    /// <summary>Whether all of the tensor is of one colour.</summary>
    /// <param name="pixels">The tensor.</param>
    /// <param name="rounding">By how much neighbours may differ: where a picture was resized, its numbers are rounded.</param>
    public bool IsOneColour(ReadOnlySpan<float> pixels, float rounding)
    {
        var plane = Columns * Rows * Together;
        for (var i = Together; i < pixels.Length; i++)
        {
            var isFirst = i % plane < Together; // of a plane, whose neighbour is of another
            if (!isFirst && !(MathF.Abs(pixels[i] - pixels[i - Together]) <= rounding))
                return false;
        }

        return true;
    }

    private PixelGrid Between((double X, double Y) first, (double X, double Y) last)
    {
        var (left, top) = (Within(first.X, Columns), Within(first.Y, Rows));
        return this with { Left = left, Top = top, Width = Within(last.X, Columns) - left, Height = Within(last.Y, Rows) - top };
    }

    private static int Within(double place, int size) => (int)Math.Clamp(Math.Round(place), 0, size);
}
