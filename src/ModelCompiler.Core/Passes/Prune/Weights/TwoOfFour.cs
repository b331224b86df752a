namespace ModelCompiler.Passes;

/// <summary>
/// Of every four neighbouring input channels, two at least have weight zero: for each output and each place of a kernel. The pattern of the sparse
/// tensor cores of GPUs (Mishra et al., 2021, arXiv:2104.08378).
/// </summary>
internal sealed class TwoOfFour : IZeroPattern
{
    private const int Four = 4;

    /// <summary>A layer whose input channels do not divide into fours is none that such processors speed up.</summary>
    public static bool Fits(PrunableWeight weight) => weight.InputsOfGroup % Four == 0;

    public bool[] Choose(double[] scores, int columns, int kernel)
    {
        var zeros = new bool[scores.Length];
        var blocks = Blocks(columns, kernel);
        for (var start = 0; start < scores.Length; start += columns)
        {
            foreach (var block in blocks)
                Choose(scores.AsSpan(start, columns), block, zeros.AsSpan(start, columns));
        }

        return zeros;
    }

    public IReadOnlyList<int[]> Blocks(int columns, int kernel) =>
    [
        .. Enumerable.Range(0, columns / kernel / Four).SelectMany(four => Enumerable.Range(0, kernel).Select(place =>
            Enumerable.Range(four * Four, Four).Select(channel => (channel * kernel) + place).ToArray())),
    ];

    public IZeroPattern Within(ZeroBudget budget) => this;

    /// <summary>A weight goes where fewer than two others of its four cost less, the first of equal ones first.</summary>
    private static void Choose(ReadOnlySpan<double> scores, int[] block, Span<bool> zeros)
    {
        for (var i = 0; i < Four; i++)
        {
            var (score, cheaper) = (scores[block[i]], 0);
            for (var j = 0; j < Four; j++)
                cheaper += scores[block[j]] < score || (scores[block[j]] == score && j < i) ? 1 : 0;
            zeros[block[i]] = cheaper < Four / 2 || score < 0;
        }
    }
}
