namespace ModelCompiler.Calibration;

/// <summary>
/// A picture of nothing with the spectrum of natural images: power falls with the square of the frequency (Field 1987), colours are alike.
/// White noise would leave most of a vision network's filters silent.
/// </summary>
internal static class SyntheticImage
{
    /// <summary>A plane of smooth values with mean 0 and variance near 1: octaves of bilinear noise, each with half the amplitude of the coarser one.</summary>
    public static float[] Plane(int width, int height, Noise noise)
    {
        var plane = new float[width * height];
        var amplitude = 1f;
        for (var cell = Math.Max(width, height); cell >= 1; cell /= 2)
        {
            AddOctave(plane, width, cell, amplitude, noise);
            amplitude /= 2;
        }

        Standardize(plane);
        return plane;
    }

    /// <summary>Pixels of 3 bytes: red, green, blue.</summary>
    public static byte[] Rgb(int width, int height, Noise noise)
    {
        var luminance = Plane(width, height, noise);
        var pixels = new byte[width * height * 3];
        for (var channel = 0; channel < 3; channel++)
        {
            var tint = Plane(width, height, noise);
            for (var i = 0; i < luminance.Length; i++)
                pixels[(i * 3) + channel] = (byte)Math.Clamp(120 + (50 * luminance[i]) + (20 * tint[i]), 0, 255);
        }

        return pixels;
    }

    private static void AddOctave(float[] plane, int width, int cell, float amplitude, Noise noise)
    {
        var height = plane.Length / width;
        var columns = (width / cell) + 2;
        var grid = new float[columns * ((height / cell) + 2)];
        for (var i = 0; i < grid.Length; i++)
            grid[i] = noise.Normal() * amplitude;

        for (var y = 0; y < height; y++)
        {
            var (row, down) = (y / cell * columns, y % cell / (float)cell);
            for (var x = 0; x < width; x++)
            {
                var (corner, right) = (row + (x / cell), x % cell / (float)cell);
                var top = float.Lerp(grid[corner], grid[corner + 1], right);
                var bottom = float.Lerp(grid[corner + columns], grid[corner + columns + 1], right);
                plane[(y * width) + x] += float.Lerp(top, bottom, down);
            }
        }
    }

    private static void Standardize(float[] plane)
    {
        double mean = 0;
        foreach (var value in plane)
            mean += value;
        mean /= plane.Length;
        double variance = 0;
        foreach (var value in plane)
            variance += (value - mean) * (value - mean);
        var deviation = Math.Sqrt(variance / plane.Length);
        for (var i = 0; i < plane.Length; i++)
            plane[i] = deviation > 0 ? (float)((plane[i] - mean) / deviation) : 0;
    }
}
