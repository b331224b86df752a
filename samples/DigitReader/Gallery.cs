using System.Text;

namespace DigitReader;

/// <summary>Shows small pictures side by side in a terminal, with a few lines of text below each.</summary>
internal sealed class Gallery
{
    private const int Columns = 5;
    private const int CellWidth = 16;
    private readonly List<string[]> _cells = [];

    public void Add(ReadOnlySpan<byte> picture, int side, params string[] captions) => _cells.Add([.. Braille(picture, side), .. captions]);

    public void Print(TextWriter output)
    {
        foreach (var row in _cells.Chunk(Columns))
        {
            for (var line = 0; line < row[0].Length; line++)
                output.WriteLine("  " + string.Concat(row.Select(cell => cell[line].PadRight(CellWidth))).TrimEnd());
            output.WriteLine();
        }
    }

    /// <summary>One character for 2×4 pixels: Unicode's braille patterns, U+2800 plus one bit a dot.</summary>
    private static IEnumerable<string> Braille(ReadOnlySpan<byte> picture, int side)
    {
        ReadOnlySpan<int> bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
        var lines = new List<string>();
        for (var top = 0; top < side; top += 4)
        {
            var line = new StringBuilder();
            for (var left = 0; left < side; left += 2)
            {
                var pattern = 0;
                for (var dot = 0; dot < bits.Length; dot++)
                    pattern |= picture[((top + (dot / 2)) * side) + left + (dot % 2)] > 110 ? bits[dot] : 0;
                line.Append((char)(0x2800 + pattern));
            }

            lines.Add(line.ToString());
        }

        return lines;
    }
}
