namespace ModelCompiler;

/// <summary>Where a pixel of the source image lies on a map along one axis: between two of its places.</summary>
/// <param name="First">The place before.</param>
/// <param name="Second">The place behind.</param>
/// <param name="Share">How near it is to the second, 0 to 1.</param>
/// <param name="Nearest">The place that it lies in; −1 where the model did not see the pixel.</param>
internal readonly record struct SamplePoint(int First, int Second, float Share, int Nearest)
{
    public bool IsSeen => Nearest >= 0;

    /// <summary>For each source position along an axis. Places have their centre at one half, and the map lies over the whole of the model's input.</summary>
    /// <param name="sourceLength">Pixels of the source.</param>
    /// <param name="scale">Model pixels per source pixel.</param>
    /// <param name="offset">Where the source's edge lies, in model pixels.</param>
    /// <param name="modelLength">Pixels of the model's input.</param>
    /// <param name="mapLength">Places of the map.</param>
    public static SamplePoint[] Line(int sourceLength, double scale, double offset, int modelLength, int mapLength)
    {
        var points = new SamplePoint[sourceLength];
        for (var i = 0; i < points.Length; i++)
        {
            var model = ((i + 0.5) * scale) + offset;
            points[i] = model >= 0 && model < modelLength ? At(model * mapLength / modelLength, mapLength) : new SamplePoint(0, 0, 0, -1);
        }

        return points;
    }

    private static SamplePoint At(double place, int length)
    {
        var between = Math.Clamp(place - 0.5, 0, length - 1);
        var first = (int)between;
        return new SamplePoint(first, Math.Min(first + 1, length - 1), (float)(between - first), Math.Min((int)place, length - 1));
    }
}
