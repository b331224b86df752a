using System.IO.Compression;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Calibration;

/// <summary>Arrays of a <c>.npz</c> file with an integer for each sample.</summary>
internal static class NpzIntegers
{
    /// <summary>Null where there is no array of that name.</summary>
    /// <exception cref="DiagnosticException">MC0011: it holds something else.</exception>
    public static int[]? Read(string path, ZipArchive archive, string array, int samples)
    {
        if (archive.GetEntry(array + ".npy") is not { } entry)
            return null;
        var header = NpyHeader.Of(entry);
        if (header.Shape is not [var count] || count != samples)
            throw DataSet.DoesNotFit(path, $"the array '{array}' must hold one integer for each of the {samples} samples");
        using var rows = NpyRows.Open(entry.Open());
        return Of(rows.Next(samples, header.Shape)) ?? throw DataSet.DoesNotFit(path, $"the array '{array}' must hold integers, not {header.Type.OnnxName()}");
    }

    /// <summary>The elements; null where they are no integers of 64 bits or fewer with a sign, or of 16 or fewer without.</summary>
    public static int[]? Of(Tensor values) => values.Type switch
    {
        ElementType.Int64 => Array.ConvertAll(values.Span<long>().ToArray(), value => checked((int)value)),
        ElementType.Int32 => values.Span<int>().ToArray(),
        ElementType.UInt8 or ElementType.Int8 or ElementType.Int16 or ElementType.UInt16 => Array.ConvertAll(values.ToFloats(), value => (int)value),
        _ => null,
    };
}
