namespace ModelCompiler.Calibration;

/// <summary>
/// A picture of nothing in particular: a ground with the spectrum of natural images (power falls with the square of the frequency, Field 1987), on it
/// shapes with edges, and lines of marks like writing, light on dark and dark on light. White noise would leave most of a vision network's filters
/// silent, and a smooth ground alone shows nothing to a network that looks for things: its answer would be zero everywhere.
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
        var picture = Picture(width, height, noise);
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(picture.Planes[i % 3][i / 3], 0, 255);
        return pixels;
    }

    /// <summary>So many colours of a picture, one plane after the other, with mean 0 and variance 1 over all of them.</summary>
    public static float[] Colours(int width, int height, int colours, Noise noise)
    {
        var picture = Picture(width, height, noise);
        float[] values = [.. Enumerable.Range(0, colours).SelectMany(colour => picture.Planes[colour % 3])];
        Standardize(values);
        return values;
    }

    private static SyntheticCanvas Picture(int width, int height, Noise noise)
    {
        var luminance = Plane(width, height, noise);
        var canvas = new SyntheticCanvas(width, height);
        foreach (var plane in canvas.Planes)
        {
            var tint = Plane(width, height, noise);
            for (var i = 0; i < plane.Length; i++)
                plane[i] = 120 + (50 * luminance[i]) + (20 * tint[i]);
        }

        SyntheticThings.Draw(canvas, noise);
        return canvas;
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
