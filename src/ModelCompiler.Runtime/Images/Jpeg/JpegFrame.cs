using System.Buffers.Binary;
using System.Globalization;

namespace ModelCompiler;

/// <summary>The frame of a JPEG file: its size and components, and the scans that bring their data.</summary>
internal sealed class JpegFrame
{
    /// <summary>libjpeg's D_MAX_BLOCKS_IN_MCU, from T.81, B.2.3.</summary>
    private const int MaxBlocks = 10;

    private readonly Component[] _components;
    private readonly bool _progressive;
    private bool _allAtOnce;

    private JpegFrame(Component[] components, bool progressive)
    {
        _components = components;
        _progressive = progressive;
    }

    /// <summary>Whether every component has had a scan.</summary>
    public bool IsComplete => _components.All(component => component.IsScanned);

    /// <summary>An SOF segment. Returns what is wrong with it, or null.</summary>
    public static string? TryRead(ReadOnlySpan<byte> segment, bool progressive, out JpegFrame? frame)
    {
        frame = null;
        if (segment.Length < 6 || segment.Length != 6 + (3 * segment[5]))
            return "its frame is damaged";
        if (segment[0] != 8)
            return string.Create(CultureInfo.InvariantCulture, $"it has {segment[0]} bits a sample, and only 8 are supported");
        if (segment[5] is not (1 or 3))
            return string.Create(CultureInfo.InvariantCulture, $"it has {segment[5]} color components (CMYK has 4), and only gray and color with 3 are supported");

        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (EncodedImage.SizeProblem(width, height) is { } problem)
            return problem;

        frame = new JpegFrame(Component.Read(segment[6..]), progressive);
        return frame.Sampling();
    }

    /// <summary>An SOS segment. Returns what is wrong with it, or null.</summary>
    public string? ReadScan(ReadOnlySpan<byte> segment, JpegTables tables)
    {
        if (segment.IsEmpty || segment.Length != 4 + (2 * segment[0]) || segment[0] is 0 or > 4)
            return "a scan is damaged";
        if (_allAtOnce)
            return "it has a scan too many";

        var scanned = new List<Component>();
        for (var index = 0; index < segment[0]; index++)
        {
            var (id, slots) = (segment[1 + (2 * index)], segment[2 + (2 * index)]);
            if (Array.Find(_components, component => component.Id == id) is not { } found || scanned.Contains(found))
                return "a scan names a component that is not there";

            (found.DcSlot, found.AcSlot) = (slots >> 4, slots & 15);
            scanned.Add(found);
        }

        return Check(scanned, new Spectrum(segment[^3], segment[^2], segment[^1] >> 4, segment[^1] & 15), tables);
    }

    private string? Check(List<Component> scanned, Spectrum spectrum, JpegTables tables)
    {
        if (scanned.Count > 1 && scanned.Sum(component => component.Blocks) > MaxBlocks)
            return "a scan mixes too many blocks";
        if (_progressive && !spectrum.IsProgression(scanned.Count))
            return "a scan's progression is damaged";
        if (scanned.Exists(component => !tables.HasQuantization(component.QuantizationSlot) || !HasCodes(component, spectrum, tables)))
            return "a scan uses a table that was not defined";

        foreach (var component in scanned)
            component.IsScanned = true;
        _allAtOnce = !_progressive && scanned.Count == _components.Length;
        return null;
    }

    private bool HasCodes(Component component, Spectrum spectrum, JpegTables tables)
    {
        if (!_progressive)
            return tables.HasDc(component.DcSlot) && tables.HasAc(component.AcSlot);

        // Refinements of the first coefficient are plain bits.
        return spectrum.Start == 0 ? spectrum.High != 0 || tables.HasDc(component.DcSlot) : tables.HasAc(component.AcSlot);
    }

    private string? Sampling()
    {
        if (_components.Select(component => component.Id).Distinct().Count() != _components.Length)
            return "two components have one name";
        if (_components.Any(component => component.Horizontal is 0 or > 4 || component.Vertical is 0 or > 4))
            return "its sampling factors are damaged";

        var (horizontal, vertical) = (_components.Max(component => component.Horizontal), _components.Max(component => component.Vertical));
        return _components.Any(component => horizontal % component.Horizontal != 0 || vertical % component.Vertical != 0)
            ? "its sampling factors are not whole multiples of each other"
            : null;
    }

    /// <summary>The coefficients of a scan, and the bits of them that are known before and after it.</summary>
    private readonly record struct Spectrum(int Start, int End, int High, int Low)
    {
        /// <summary>T.81, G.1.1.1: the first coefficient alone, or a band of one component; a refinement adds one bit.</summary>
        public bool IsProgression(int components)
        {
            var band = Start == 0 ? End == 0 : Start <= End && End < 64 && components == 1;
            return band && Low <= 13 && (High == 0 || Low == High - 1);
        }
    }

    private sealed class Component(byte id, byte sampling, byte quantizationSlot)
    {
        public byte Id { get; } = id;

        public int Horizontal { get; } = sampling >> 4;

        public int Vertical { get; } = sampling & 15;

        public int Blocks => Horizontal * Vertical;

        public int QuantizationSlot { get; } = quantizationSlot;

        public int DcSlot { get; set; }

        public int AcSlot { get; set; }

        public bool IsScanned { get; set; }

        public static Component[] Read(ReadOnlySpan<byte> bytes)
        {
            var components = new Component[bytes.Length / 3];
            for (var index = 0; index < components.Length; index++)
                components[index] = new Component(bytes[3 * index], bytes[(3 * index) + 1], bytes[(3 * index) + 2]);
            return components;
        }
    }
}
