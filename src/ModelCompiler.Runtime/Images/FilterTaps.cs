namespace ModelCompiler;

/// <summary>The share that a cell has in an output: <c>Sum · Σ values + Ramp · Σ running sums</c> (see <see cref="FilterTaps"/>).</summary>
internal readonly record struct CellWeight(float Sum, float Ramp);

/// <summary>For each output position along one axis, the cells of source positions that it is made of and their weights.</summary>
/// <remarks>
/// The source positions between two neighbouring centres make a cell. Over a cell each filter of <see cref="TriangleFilter"/> is a straight
/// line, and a line is a sum of two: <c>Σ (a + b·m) · v[m] = (a + b·n) · Σ v[m] − b · Σ (n − m) · v[m]</c> for <c>m = 0 … n−1</c>; the last
/// is the sum of the running sums of v. Both are whole numbers that need no multiplication, and both filters over the cell use the same two.
/// </remarks>
internal sealed class FilterTaps
{
    /// <summary>Positions in a cell at most, so that running sums of running sums of bytes fit 16 bits: 255 · 22 · 23 / 2 = 64,515.</summary>
    public const int LongestCell = 22;

    /// <summary>Outputs without weights behind the last one, so that columns can be computed four at a time.</summary>
    private const int Padding = 3;

    private readonly int[] _borders;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly CellWeight[] _weights;

    /// <param name="usualCell">The length of most cells.</param>
    /// <param name="borders">Where each cell starts, and where the last one ends.</param>
    /// <param name="first">The first cell of each output.</param>
    /// <param name="weights">The weights of each output, for consecutive cells.</param>
    public FilterTaps(int usualCell, int[] borders, int[] first, CellWeight[][] weights)
    {
        UsualCell = usualCell;
        _borders = borders;
        _count = Array.ConvertAll(weights, cells => cells.Length);
        Widest = _count.Length == 0 ? 0 : _count.Max();
        _first = new int[first.Length + Padding];
        first.CopyTo(_first, 0);
        _weights = new CellWeight[checked((weights.Length + Padding) * Widest)];
        for (var output = 0; output < weights.Length; output++)
            weights[output].CopyTo(_weights, output * Widest);
    }

    /// <summary>Output positions.</summary>
    public int Count => _count.Length;

    /// <summary>Cells; they lie without gaps from <see cref="Start"/> to <see cref="End"/>.</summary>
    public int CellCount => _borders.Length - 1;

    /// <summary>The length of most cells, of which the others have one more; but those at a border, and parts of long ones, have any.</summary>
    public int UsualCell { get; }

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

    /// <summary>The first cell of each output, and of three more.</summary>
    public ReadOnlySpan<int> PaddedFirst => _first;

    /// <summary>The weights of the same, <see cref="Widest"/> each, of which those that an output does not have are 0.</summary>
    public ReadOnlySpan<CellWeight> PaddedWeights => _weights;

    /// <summary>Whether every cell is one position, so that no weight has a ramp.</summary>
    public bool HasOnlySingles => CellCount == End - Start;

    /// <summary>The same filter with a cell for every position.</summary>
    public FilterTaps InSingles()
    {
        var borders = Enumerable.Range(Start, End - Start + 1).ToArray();
        var first = new int[Count];
        var weights = new CellWeight[Count][];
        for (var output = 0; output < Count; output++)
        {
            var cells = _borders.AsSpan(First(output), Weights(output).Length + 1);
            first[output] = cells[0] - Start;
            weights[output] = Singles(cells, Weights(output));
        }

        return new FilterTaps(1, borders, first, weights);
    }

    /// <summary>The weight of position m of n in a cell is <c>Sum + (n − m) · Ramp</c>.</summary>
    private static CellWeight[] Singles(ReadOnlySpan<int> borders, ReadOnlySpan<CellWeight> weights)
    {
        var singles = new CellWeight[borders[^1] - borders[0]];
        for (var cell = 0; cell < weights.Length; cell++)
        {
            for (var position = borders[cell]; position < borders[cell + 1]; position++)
                singles[position - borders[0]] = new(weights[cell].Sum + ((borders[cell + 1] - position) * weights[cell].Ramp), 0);
        }

        return singles;
    }
}
