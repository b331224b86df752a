using System.Globalization;
using DigitReader.Training.Drawing;

namespace DigitReader.Training.Export;

/// <summary>Writes the pictures that are committed beside the model. Their seeds lie apart from those of the training digits.</summary>
internal static class ImageSets
{
    private const int CalibrationStream = 1_000_003;
    private const int PhotoStream = 2_000_003;
    private static readonly string[] Names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>
    /// Fills <paramref name="folder"/> with 28×28 pictures as the network expects them and a labels.tsv (file, digit), every digit equally often.
    /// </summary>
    public static void WriteCalibration(string folder, int count, int seed)
    {
        Directory.CreateDirectory(folder);
        var digit = new float[DigitPainter.Side * DigitPainter.Side];
        using var labels = new StreamWriter(Path.Combine(folder, "labels.tsv")) { NewLine = "\n" };
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{i:D3}.png");
            DigitPainter.Paint(i % 10, RandomSource.ForSample(seed + CalibrationStream, i), digit);
            var image = new GrayImage(DigitPainter.Side, DigitPainter.Side);
            image.Place(digit, DigitPainter.Side, 0, 0);
            PngWriter.Write(Path.Combine(folder, name), image);
            labels.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{i % 10}"));
        }
    }

    /// <summary>Writes one photo of each digit into <paramref name="folder"/>: zero.png to nine.png.</summary>
    public static void WritePhotos(string folder, int seed)
    {
        Directory.CreateDirectory(folder);
        for (var digit = 0; digit < Names.Length; digit++)
            PngWriter.Write(Path.Combine(folder, Names[digit] + ".png"), PhotoPainter.Paint(digit, RandomSource.ForSample(seed + PhotoStream, digit)));
    }
}
