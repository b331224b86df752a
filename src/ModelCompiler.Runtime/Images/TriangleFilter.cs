namespace ModelCompiler;

/// <summary>Makes the taps of a triangle filter with half-pixel centres.</summary>
/// <remarks>
/// Where the axis shrinks by <c>s</c>, the filter is <c>s</c> times as wide, so that its weights cover every source position. Weights are
/// normalised to sum to one, also at the borders. The formulas are those of Pillow's <c>Image.resize(…, BILINEAR)</c>
/// (src/libImaging/Resample.c), without its rounding to bytes between the two axes.
/// </remarks>
internal static class TriangleFilter
{
    /// <summary>Taps for <paramref name="count"/> outputs from <paramref name="start"/> on, of an axis scaled from one length to another.</summary>
    public static FilterTaps Taps(int sourceLength, int scaledLength, int start, int count)
    {
        if (count == 0)
            return new FilterTaps(1, [0], [], []);

        var scale = (double)sourceLength / scaledLength;
        return scale >= 1 ? Shrinking(sourceLength, scale, start, count) : Growing(sourceLength, scale, start, count);
    }

    /// <summary>An output has the cells before its centre, over which its filter rises, and those behind it, over which it falls.</summary>
    private static FilterTaps Shrinking(int sourceLength, double scale, int start, int count)
    {
        var borders = new List<int>();
        var intervals = new int[count + 2]; // the first cell of each interval between two centres
        for (var interval = 0; interval <= count; interval++)
        {
            intervals[interval] = borders.Count;
            AddCells(borders, Border(start + interval - 1), Border(start + interval));
        }

        intervals[count + 1] = borders.Count;
        borders.Add(Border(start + count));

        var weights = new CellWeight[count][];
        for (var output = 0; output < count; output++)
        {
            var center = Center(start + output);
            var lines = new Lines(center, scale, borders);
            weights[output] = lines.Weights(intervals[output], intervals[output + 1], intervals[output + 2]);
        }

        return new FilterTaps((int)scale, [.. borders], intervals[..count], weights);

        double Center(int output) => (output + 0.5) * scale;

        int Border(int output) => (int)Math.Clamp(Math.Ceiling(Center(output) - 0.5), 0, sourceLength);
    }

    private static void AddCells(List<int> borders, int start, int end)
    {
        for (; start < end; start += FilterTaps.LongestCell)
            borders.Add(Math.Min(start, end));
    }

    /// <summary>Every source position is a cell; an output has the two around its centre.</summary>
    private static FilterTaps Growing(int sourceLength, double scale, int start, int count)
    {
        var first = new int[count];
        var weights = new CellWeight[count][];
        for (var output = 0; output < count; output++)
        {
            var position = Math.Clamp(((start + output + 0.5) * scale) - 0.5, 0, sourceLength - 1);
            first[output] = (int)position;
            var across = position - first[output];
            weights[output] = across == 0 ? [new(1, 0)] : [new((float)(1 - across), 0), new((float)across, 0)];
        }

        var (from, to) = (first[0], first[^1] + weights[^1].Length);
        return new FilterTaps(1, [.. Enumerable.Range(from, to - from + 1)], Array.ConvertAll(first, position => position - from), weights);
    }

    /// <summary>The two sides of one output's triangle.</summary>
    private readonly struct Lines(double center, double scale, List<int> borders)
    {
        public CellWeight[] Weights(int first, int middle, int end)
        {
            var total = 0.0;
            for (var cell = first; cell < end; cell++)
            {
                var (value, slope, length) = Line(cell, cell < middle);
                total += length * (value + (slope * (length - 1) / 2));
            }

            var weights = new CellWeight[end - first];
            for (var cell = first; cell < end; cell++)
            {
                var (value, slope, length) = Line(cell, cell < middle);
                weights[cell - first] = length == 1
                    ? new((float)(value / total), 0)
                    : new((float)((value + (slope * length)) / total), (float)(-slope / total));
            }

            return weights;
        }

        /// <summary>The weight of the cell's first position, what each further one adds, and how many there are.</summary>
        private (double Value, double Slope, int Length) Line(int cell, bool rises)
        {
            var fromCenter = (borders[cell] + 0.5 - center) / scale;
            var length = borders[cell + 1] - borders[cell];
            return rises ? (1 + fromCenter, 1 / scale, length) : (1 - fromCenter, -1 / scale, length);
        }
    }
}
