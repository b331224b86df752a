using ModelCompiler.Calibration;
using ModelCompiler.Calibration.Checks;
using ModelCompiler.Tests.Images;

namespace ModelCompiler.Tests.Calibration.Checks;

/// <summary>Pictures that look like something from afar: a few soft blots.</summary>
internal static class TestPictures
{
    private const int Blots = 12;

    /// <summary>A PNG file; the same picture at any size.</summary>
    /// <param name="seed">Which picture.</param>
    /// <param name="size">Pixels along each side.</param>
    /// <param name="brighter">Added to each byte.</param>
    public static byte[] Png(int seed, int size, int brighter = 0) =>
        PngFile.Write([.. Brightness(seed, size).Select(number => (byte)Math.Clamp(number + brighter, 0, 255)).SelectMany(grey => new[] { grey, grey, grey })], size, size, colorType: 2);

    /// <summary>Numbers from 20 to 235, row by row.</summary>
    public static float[] Brightness(int seed, int size)
    {
        var random = new Random(seed);
        var sums = new float[size * size];
        for (var blot = 0; blot < Blots; blot++)
        {
            var (columns, rows, height) = (Bell(random, size), Bell(random, size), random.NextSingle());
            for (var i = 0; i < sums.Length; i++)
                sums[i] += height * columns[i % size] * rows[i / size];
        }

        return Array.ConvertAll(sums, sum => 20 + (215 * sum / (1 + sum)));
    }

    private static float[] Bell(Random random, int size)
    {
        var (middle, width) = (random.NextSingle(), 0.05f + (random.NextSingle() * 0.2f));
        return [.. Enumerable.Range(0, size).Select(place => MathF.Exp(-MathF.Pow((((place + 0.5f) / size) - middle) / width, 2)))];
    }

    /// <summary>A set of the project after all its samples have passed.</summary>
    public static SeenData Seen(string role, string path, DataModel model)
    {
        var profile = new DataProfile(model.Inputs.FirstOrDefault(input => input.Image is not null));
        var set = new ProfiledDataSet(DataSet.Open(path, model), profile);
        set.Samples().Count().ShouldBe(set.Count);
        return new SeenData(role, set, profile.At(Enumerable.Range(0, set.Count)).ShouldNotBeNull(), profile.Image);
    }
}
