namespace ModelCompiler.Tests;

/// <summary>One pixel of a packed frame as red, green, blue; a struct for each format, so that the loops over it are compiled for that format.</summary>
internal interface IPixelReader
{
    (float R, float G, float B) At(byte[] frame, int x, int y);
}

internal readonly struct GrayReader(int width) : IPixelReader
{
    public (float R, float G, float B) At(byte[] frame, int x, int y)
    {
        float value = frame[(y * width) + x];
        return (value, value, value);
    }
}

internal readonly struct RgbReader(int width) : IPixelReader
{
    public (float R, float G, float B) At(byte[] frame, int x, int y)
    {
        var i = 3 * ((y * width) + x);
        return (frame[i], frame[i + 1], frame[i + 2]);
    }
}

internal readonly struct BgraReader(int width) : IPixelReader
{
    public (float R, float G, float B) At(byte[] frame, int x, int y)
    {
        var i = 4 * ((y * width) + x);
        return (frame[i + 2], frame[i + 1], frame[i]);
    }
}

/// <summary>NV12 of even size, BT.601 in limited range.</summary>
internal readonly struct Nv12Reader(int width, int height) : IPixelReader
{
    public (float R, float G, float B) At(byte[] frame, int x, int y)
    {
        var chroma = (width * height) + (y / 2 * width) + (x & ~1);
        return Yuv.ToRgb(frame[(y * width) + x], frame[chroma], frame[chroma + 1]);
    }
}

/// <summary>I420 of even size, BT.601 in limited range.</summary>
internal readonly struct I420Reader(int width, int height) : IPixelReader
{
    public (float R, float G, float B) At(byte[] frame, int x, int y)
    {
        var chroma = (width * height) + (y / 2 * (width / 2)) + (x / 2);
        return Yuv.ToRgb(frame[(y * width) + x], frame[chroma], frame[chroma + (width / 2 * (height / 2))]);
    }
}

internal static class Yuv
{
    public static (float R, float G, float B) ToRgb(byte y, byte u, byte v)
    {
        var luma = 1.164384f * (y - 16);
        return (luma + (1.596027f * (v - 128)), luma - (0.391762f * (u - 128)) - (0.812968f * (v - 128)), luma + (2.017232f * (u - 128)));
    }
}

/// <summary>Another reader's image turned clockwise by 90 degrees.</summary>
internal readonly struct TurnedReader<TReader>(TReader reader, int height) : IPixelReader
    where TReader : struct, IPixelReader
{
    public (float R, float G, float B) At(byte[] frame, int x, int y) => reader.At(frame, y, height - 1 - x);
}
