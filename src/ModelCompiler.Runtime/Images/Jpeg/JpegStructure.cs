using System.Buffers.Binary;

namespace ModelCompiler;

/// <summary>Walks the markers of a JPEG file (ITU-T T.81, annex B) and finds what libjpeg treats as a fatal error.</summary>
/// <remarks>
/// A fatal error in libjpeg's standard error manager ends the process, and it waits without end for bytes that a cut file lacks. What is
/// merely odd, or a wrong code inside the compressed data, it repairs with a guess; that passes here too.
/// </remarks>
internal ref struct JpegStructure
{
    // Far more than encoders write; without a bound a small progressive file could keep a processor busy for hours.
    private const int MaxScans = 500;

    private readonly ReadOnlySpan<byte> _file;
    private readonly JpegTables _tables = new();
    private JpegFrame? _frame;
    private int _position = 2;
    private int _scans;

    private JpegStructure(ReadOnlySpan<byte> file) => _file = file;

    /// <summary>Why the file cannot be decoded; null where it can. <paramref name="length"/> is where the image ends.</summary>
    public static string? Problem(ReadOnlySpan<byte> file, out int length)
    {
        var structure = new JpegStructure(file);
        string? problem = null;
        while (problem is null && !structure.AtEnd(out var marker))
            problem = structure.Read(marker);
        length = structure._position;
        return problem ?? structure.Missing();
    }

    private readonly string? Missing() => _frame is null || !_frame.IsComplete ? "it ends before its image is complete" : null;

    /// <summary>Moves behind the next marker; true at the end-of-image marker, or where the file has no more markers.</summary>
    private bool AtEnd(out byte marker)
    {
        marker = 0;
        while (marker is 0 or 0xFF)
        {
            var next = _file[_position..].IndexOf((byte)0xFF);
            if (next < 0 || _position + next + 1 >= _file.Length)
            {
                _frame = null; // no end of the image: cut off
                return true;
            }

            _position += next + 1;
            marker = _file[_position];
            if (marker != 0xFF)
                _position++;
        }

        return marker == JpegMarker.EndOfImage;
    }

    private string? Read(byte marker)
    {
        if (marker == JpegMarker.StartOfImage)
            return "it starts twice";
        if (JpegMarker.StandsAlone(marker))
            return null;
        if (!TrySegment(out var segment))
            return "it ends in the middle of a segment";
        if (JpegMarker.IsSkipped(marker))
            return null;

        return marker switch
        {
            JpegMarker.Baseline or JpegMarker.ExtendedSequential or JpegMarker.Progressive => ReadFrame(marker, segment),
            JpegMarker.HuffmanTables => _tables.ReadHuffman(segment),
            JpegMarker.QuantizationTables => _tables.ReadQuantization(segment),
            JpegMarker.RestartInterval => segment.Length == 2 ? null : "its restart interval is damaged",
            JpegMarker.StartOfScan => ReadScan(segment),
            _ => "it uses a form of JPEG (arithmetic, lossless or hierarchical coding) that is not supported",
        };
    }

    private string? ReadFrame(byte marker, ReadOnlySpan<byte> segment)
    {
        if (_frame is not null)
            return "it has two frames";

        return JpegFrame.TryRead(segment, marker == JpegMarker.Progressive, out _frame);
    }

    private string? ReadScan(ReadOnlySpan<byte> segment)
    {
        if (_frame is null)
            return "its frame is missing";
        if (++_scans > MaxScans)
            return "it has too many scans";

        return _frame.ReadScan(segment, _tables);
    }

    private bool TrySegment(out ReadOnlySpan<byte> segment)
    {
        segment = default;
        if (_position + 2 > _file.Length)
            return false;

        var length = BinaryPrimitives.ReadUInt16BigEndian(_file[_position..]);
        if (length < 2 || _position + length > _file.Length)
            return false;

        segment = _file.Slice(_position + 2, length - 2);
        _position += length;
        return true;
    }
}
