namespace ModelCompiler;

/// <summary>The second bytes of JPEG's markers (ITU-T T.81, table B.1).</summary>
internal static class JpegMarker
{
    public const byte Baseline = 0xC0;
    public const byte ExtendedSequential = 0xC1;
    public const byte Progressive = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantizationTables = 0xDB;
    public const byte RestartInterval = 0xDD;

    private const byte Temporary = 0x01;
    private const byte NumberOfLines = 0xDC;
    private const byte Comment = 0xFE;

    /// <summary>Markers without a segment: restarts, and one that encoders use for themselves.</summary>
    public static bool StandsAlone(byte marker) => marker is Temporary or (>= 0xD0 and <= 0xD7);

    /// <summary>Segments that do not matter for the pixels: application data, comments.</summary>
    public static bool IsSkipped(byte marker) => marker is (>= 0xE0 and <= 0xEF) or Comment or NumberOfLines;
}
