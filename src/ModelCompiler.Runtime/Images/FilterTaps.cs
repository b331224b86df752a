namespace ModelCompiler;

/// <summary>The share that a cell has in an output: <c>Sum · Σ values + Ramp · Σ running sums</c> (see <see cref="FilterTaps"/>).</summary>
internal readonly record struct CellWeight(float Sum, float Ramp);

/// <summary>For each output position along one axis, the cells of source positions that it is made of and their weights.</summary>
/// <remarks>
/// <para>
/// A triangle filter with half-pixel centres. Where the axis shrinks by <c>s</c>, the filter is <c>s</c> times as wide, so that its
/// weights cover every source position. Weights are normalised to sum to one, also at the borders. The formulas are those of Pillow's
/// <c>Image.resize(…, BILINEAR)</c> (src/libImaging/Resample.c), without its rounding to bytes between the two axes.
/// </para>
/// <para>
/// The source positions between two neighbouring centres make a cell. Over a cell each filter is a straight line, and a line is a sum of
/// two: <c>Σ (a + b·m) · v[m] = (a + b·n) · Σ v[m] − b · Σ (n − m) · v[m]</c> for <c>m = 0 … n−1</c>; the last is the sum of the running
/// sums of v. Both are whole numbers that need no multiplication, and both filters over the cell use the same two.
/// </para>
/// </remarks>
internal sealed class FilterTaps
{
    /// <summary>Positions in a cell at most, so that running sums of running sums of bytes fit 16 bits: 255 · 22 · 23 / 2 = 64,515.</summary>
    public const int LongestCell = 22;

    private readonly int[] _borders;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly CellWeight[] _weights;

    private FilterTaps(int[] borders, int[] first, CellWeight[][] weights)
    {
        _borders = borders;
        _first = first;
        _count = Array.ConvertAll(weights, cells => cells.Length);
        Widest = _count.Length == 0 ? 0 : _count.Max();
        _weights = new CellWeight[checked(weights.Length * Widest)];
        for (var output = 0; output < weights.Length; output++)
            weights[output].CopyTo(_weights, output * Widest);
    }

    /// <summary>Output positions.</summary>
    public int Count => _first.Length;

    /// <summary>Cells; they lie without gaps from <see cref="Start"/> to <see cref="End"/>.</summary>
    public int CellCount => _borders.Length - 1;

    /// <summary>The most cells that one output uses.</summary>
    public int Widest { get; }

    /// <summary>The first source position that any output uses.</summary>
    public int Start => _borders[0];

    /// <summary>One past the last source position that any output uses.</summary>
    public int End => _borders[^1];

    /// <summary>Where each cell starts, and where the last one ends.</summary>
    public ReadOnlySpan<int> Borders => _borders;

    /// <summary>The first cell of an output.</summary>
    public int First(int output) => _first[output];

    /// <summary>The weights of an output, for consecutive cells.</summary>
    public ReadOnlySpan<CellWeight> Weights(int output) => _weights.AsSpan(output * Widest, _count[output]);

    /// <summary>Taps for <paramref name="count"/> outputs from <paramref name="start"/> on, of an axis scaled from one length to another.</summary>
    public static FilterTaps Create(int sourceLength, int scaledLength, int start, int count)
    {
        if (count == 0)
            return new FilterTaps([0], [], []);

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

        return new FilterTaps([.. borders], intervals[..count], weights);

        double Center(int output) => (output + 0.5) * scale;

        int Border(int output) => (int)Math.Clamp(Math.Ceiling(Center(output) - 0.5), 0, sourceLength);
    }

    private static void AddCells(List<int> borders, int start, int end)
    {
        for (; start < end; start += LongestCell)
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
        return new FilterTaps([.. Enumerable.Range(from, to - from + 1)], Array.ConvertAll(first, position => position - from), weights);
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
