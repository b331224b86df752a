using ModelCompiler.Tests.Images;

namespace ModelCompiler.Tests.Calibration;

internal static class TestPng
{
    /// <summary>A PNG file of one colour.</summary>
    public static byte[] OfColor(int width, int height, byte red, byte green, byte blue) =>
        PngFile.Write([.. Enumerable.Range(0, width * height).SelectMany(_ => new[] { red, green, blue })], width, height, colorType: 2);

    /// <summary>The same with columns a little darker and brighter in turn, so that it is a picture of something.</summary>
    public static byte[] OfStripes(int width, int height, byte red, byte green, byte blue) => PngFile.Write(
        [.. Enumerable.Range(0, width * height).SelectMany(pixel => new[] { Striped(red, pixel), Striped(green, pixel), Striped(blue, pixel) })], width, height, colorType: 2);

    private static byte Striped(byte value, int pixel) => (byte)(value + (pixel % 2 == 0 ? 3 : -3));
}
