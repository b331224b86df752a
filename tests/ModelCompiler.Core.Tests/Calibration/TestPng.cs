using ModelCompiler.Tests.Images;

namespace ModelCompiler.Tests.Calibration;

internal static class TestPng
{
    /// <summary>A PNG file of one colour.</summary>
    public static byte[] OfColor(int width, int height, byte red, byte green, byte blue) =>
        PngFile.Write([.. Enumerable.Range(0, width * height).SelectMany(_ => new[] { red, green, blue })], width, height, colorType: 2);
}
