namespace DigitReader;

/// <summary>N. Otsu, "A threshold selection method from gray-level histograms", 1979.</summary>
internal static class Otsu
{
    /// <summary>The mean gray of the darker and of the lighter pixels, split where the two groups differ most.</summary>
    public static (float Dark, float Light) Split(ReadOnlySpan<byte> gray)
    {
        Span<int> histogram = stackalloc int[256];
        long total = 0;
        foreach (var value in gray)
        {
            histogram[value]++;
            total += value;
        }

        var (best, dark, light) = (-1.0, (float)total / gray.Length, (float)total / gray.Length);
        long below = 0, sum = 0;
        for (var threshold = 0; threshold < 255; threshold++)
        {
            below += histogram[threshold];
            sum += (long)histogram[threshold] * threshold;
            if (below == 0 || below == gray.Length)
                continue;
            var (darkMean, lightMean) = ((double)sum / below, (double)(total - sum) / (gray.Length - below));
            var spread = (double)below * (gray.Length - below) * (lightMean - darkMean) * (lightMean - darkMean);
            if (spread > best)
                (best, dark, light) = (spread, (float)darkMean, (float)lightMean);
        }

        return (dark, light);
    }
}
