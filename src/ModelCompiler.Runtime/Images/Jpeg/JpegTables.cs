namespace ModelCompiler;

/// <summary>Which tables a JPEG file has defined so far, each checked when it is read.</summary>
internal sealed class JpegTables
{
    private const int Slots = 4;
    private const string Damaged = "its Huffman tables are damaged";

    private readonly bool[] _dc = new bool[Slots];
    private readonly bool[] _ac = new bool[Slots];
    private readonly bool[] _quantization = new bool[Slots];

    public bool HasDc(int slot) => slot < Slots && _dc[slot];

    public bool HasAc(int slot) => slot < Slots && _ac[slot];

    public bool HasQuantization(int slot) => slot < Slots && _quantization[slot];

    /// <summary>A DHT segment: tables of 16 code counts and their symbols. Returns what is wrong with it, or null.</summary>
    public string? ReadHuffman(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 16)
        {
            var (tableClass, slot) = (segment[0] >> 4, segment[0] & 15);
            var counts = segment.Slice(1, 16);
            var symbols = 0;
            foreach (var count in counts)
                symbols += count;
            if (tableClass > 1 || slot >= Slots || symbols > 256 || segment.Length < 17 + symbols || !CodesFit(counts))
                return Damaged;
            if (tableClass == 0 && symbols > 0 && segment.Slice(17, symbols).ContainsAnyExceptInRange((byte)0, (byte)15))
                return Damaged;

            (tableClass == 0 ? _dc : _ac)[slot] = true;
            segment = segment[(17 + symbols)..];
        }

        return segment.IsEmpty ? null : Damaged;
    }

    /// <summary>A DQT segment: tables of 64 values of one or two bytes. Returns what is wrong with it, or null.</summary>
    public string? ReadQuantization(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            var (precision, slot) = (segment[0] >> 4, segment[0] & 15);
            var length = 1 + (64 * (precision + 1));
            if (precision > 1 || slot >= Slots || segment.Length < length)
                return "its quantization tables are damaged";

            _quantization[slot] = true;
            segment = segment[length..];
        }

        return null;
    }

    /// <summary>Codes of a length are consecutive, and none may be all ones (T.81, annex C).</summary>
    private static bool CodesFit(ReadOnlySpan<byte> counts)
    {
        var last = counts.LastIndexOfAnyExcept((byte)0);
        var code = 0;
        for (var bits = 1; bits <= last + 1; bits++)
        {
            code = (code << 1) + counts[bits - 1];
            if (code > 0 && code >= 1 << bits)
                return false;
        }

        return true;
    }
}
