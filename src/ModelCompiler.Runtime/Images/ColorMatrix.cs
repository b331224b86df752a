using System.Runtime.Intrinsics;

namespace ModelCompiler;

/// <summary>What a source's channels contribute to the model's: each row has three weights and an addend, in units of a byte.</summary>
/// <param name="First">The row of the model's first channel.</param>
/// <param name="Second">Of its second; unused where the model wants gray.</param>
/// <param name="Third">Of its third.</param>
internal readonly record struct ColorMatrix(Vector128<float> First, Vector128<float> Second, Vector128<float> Third)
{
    // ITU-R BT.601: luma of red, green and blue.
    private const float LumaRed = 0.299f;
    private const float LumaGreen = 0.587f;
    private const float LumaBlue = 0.114f;

    /// <param name="format">The source's bytes; those of YUV are taken as Y, U, V.</param>
    /// <param name="color">For <see cref="PixelFormat.Yuv420"/>.</param>
    /// <param name="order">What the model wants.</param>
    public static ColorMatrix Create(PixelFormat format, YuvColor color, ChannelOrder order)
    {
        var rgb = format switch
        {
            PixelFormat.Gray => Same(Vector128.Create(1f, 0, 0, 0)),
            PixelFormat.Yuv420 => order == ChannelOrder.Gray ? Same(Luma(color)) : Yuv(color),
            PixelFormat.Bgr or PixelFormat.Bgra => new(Vector128.Create(0f, 0, 1, 0), Vector128.Create(0f, 1, 0, 0), Vector128.Create(1f, 0, 0, 0)),
            _ => new(Vector128.Create(1f, 0, 0, 0), Vector128.Create(0f, 1, 0, 0), Vector128.Create(0f, 0, 1, 0)),
        };
        return order switch
        {
            ChannelOrder.Bgr => new(rgb.Third, rgb.Second, rgb.First),
            ChannelOrder.Gray when format is not (PixelFormat.Gray or PixelFormat.Yuv420) =>
                Same((LumaRed * rgb.First) + (LumaGreen * rgb.Second) + (LumaBlue * rgb.Third)),
            _ => rgb,
        };
    }

    /// <summary>The same for a source whose second and third channels come in the other order.</summary>
    public ColorMatrix WithSecondAndThirdSwapped()
    {
        return new(Swapped(First), Swapped(Second), Swapped(Third));

        static Vector128<float> Swapped(Vector128<float> row) => Vector128.Create(row[0], row[2], row[1], row[3]);
    }

    private static ColorMatrix Same(Vector128<float> row) => new(row, row, row);

    /// <summary>Gray is luma in the full range: chroma is not read.</summary>
    private static Vector128<float> Luma(YuvColor color)
    {
        var (gain, black, _) = Range(color);
        return Vector128.Create((float)gain, 0, 0, (float)(-gain * black));
    }

    /// <summary>
    /// From the definition of luma <c>Y = Kr·R + Kg·G + Kb·B</c> and of chroma <c>U = (B − Y) / (2 − 2·Kb)</c>, <c>V = (R − Y) / (2 − 2·Kr)</c>;
    /// Kr and Kb are those of ITU-R BT.601-7, 2.5.1 and ITU-R BT.709-6, 3.2.
    /// </summary>
    private static ColorMatrix Yuv(YuvColor color)
    {
        var (red, blue) = color is YuvColor.Bt709 or YuvColor.Bt709Full ? (0.2126, 0.0722) : (0.299, 0.114);
        var green = 1 - red - blue;
        var (luma, black, chroma) = Range(color);
        var (redByV, blueByU) = (2 * (1 - red) * chroma, 2 * (1 - blue) * chroma);
        return new(Row(0, redByV), Row(-blue / green * blueByU, -red / green * redByV), Row(blueByU, 0));

        Vector128<float> Row(double u, double v) => Vector128.Create((float)luma, (float)u, (float)v, (float)((-luma * black) - (128 * (u + v))));
    }

    /// <summary>The limited range: 219 steps of luma from 16, 224 of chroma around 128 (ITU-R BT.601-7, 2.5.3). The full: 255 each (ITU-T T.871, 7).</summary>
    private static (double Luma, double Black, double Chroma) Range(YuvColor color) =>
        color is YuvColor.Bt601Full or YuvColor.Bt709Full ? (1, 0, 1) : (255.0 / 219, 16, 255.0 / 224);
}
