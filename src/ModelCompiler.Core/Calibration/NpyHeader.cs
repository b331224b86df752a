using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ModelCompiler.Contract;

namespace ModelCompiler.Calibration;

/// <summary>The header of NumPy's <c>.npy</c> format, versions 1 to 3 (numpy.lib.format).</summary>
/// <param name="Type">Type of the elements.</param>
/// <param name="BigEndian">Whether elements have their most significant byte first.</param>
/// <param name="FortranOrder">Whether the first axis, not the last, is contiguous.</param>
/// <param name="Shape">Sizes of the axes.</param>
internal sealed partial record NpyHeader(ElementType Type, bool BigEndian, bool FortranOrder, long[] Shape)
{
    private const int MaxHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The header of an array in a <c>.npz</c> file.</summary>
    /// <exception cref="FormatException">Not an array that can become a tensor; the message says why.</exception>
    public static NpyHeader Of(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return Read(stream);
    }

    /// <summary>Reads the header and leaves the stream at the first element.</summary>
    /// <exception cref="FormatException">Not an array that can become a tensor; the message says why.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within the header.</exception>
    public static NpyHeader Read(Stream stream)
    {
        var text = ReadText(stream);
        if (Description().Match(text) is not { Success: true } found)
            throw new FormatException(text.Contains("'descr': [", StringComparison.Ordinal) ? "records of several fields are not supported" : "its header is not understood");
        var shape = ShapeOf(found.Groups["shape"].Value);
        var order = found.Groups["order"].Value;
        return new NpyHeader(TypeOf(found.Groups["type"].Value), order == ">", found.Groups["fortran"].Value == "True", shape);
    }

    private static string ReadText(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!start.StartsWith(Magic))
            throw new FormatException("it is not a NumPy array");
        Span<byte> length = stackalloc byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(length);
        var size = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (size > MaxHeader)
            throw new FormatException("its header is too long");
        var header = new byte[size];
        stream.ReadExactly(header);
        return Encoding.Latin1.GetString(header);
    }

    private static long[] ShapeOf(string text)
    {
        var shape = Array.ConvertAll(
            text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            size => long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException("its shape is not understood"));
        return shape.Aggregate(1.0, (product, size) => product * size) < 1e15 ? shape : throw new FormatException("its shape is too large");
    }

    private static ElementType TypeOf(string code) => code switch
    {
        "f2" => ElementType.Float16,
        "f4" => ElementType.Float32,
        "f8" => ElementType.Float64,
        "i1" => ElementType.Int8,
        "i2" => ElementType.Int16,
        "i4" => ElementType.Int32,
        "i8" => ElementType.Int64,
        "u1" => ElementType.UInt8,
        "u2" => ElementType.UInt16,
        "u4" => ElementType.UInt32,
        "u8" => ElementType.UInt64,
        "b1" => ElementType.Bool,
        _ => throw new FormatException($"elements of NumPy type '{code}' are not supported"),
    };

    [GeneratedRegex(@"'descr':\s*'(?<order>[<>|=])(?<type>\w+)',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((?<shape>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Description();
}
