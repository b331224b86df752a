using DigitReader.Training.Drawing;
using ModelCompiler;

namespace DigitReader.Tests;

/// <summary>Makes photos of known content.</summary>
internal static class Photo
{
    /// <summary>A picture whose pixels are what <paramref name="luminance"/> says, taken the way an app gets it: from a PNG file.</summary>
    public static DecodedImage Of(int width, int height, Func<int, int, float> luminance)
    {
        var image = new GrayImage(width, height);
        for (var i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)Math.Clamp(luminance(i % width, i / width), 0f, 255f);
        return Decode(image);
    }

    public static DecodedImage Decode(GrayImage image)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");
        try
        {
            PngWriter.Write(path, image);
            return ImageDecoder.DecodeFile(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
