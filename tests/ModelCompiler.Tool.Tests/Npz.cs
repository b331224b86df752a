using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelCompiler.Tests;

/// <summary>Writes NumPy's archive of arrays.</summary>
/// <remarks>The format: numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</remarks>
internal static class Npz
{
    /// <summary>One array of float32 rows, with values from −1 to 1.</summary>
    public static string Write(string path, string name, int rows, int columns)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        AddRows(archive, name, rows, columns);
        return path;
    }

    /// <summary>The same, with one class in turn for each row.</summary>
    public static string WriteLabelled(string path, string name, int rows, int columns, int classes)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        AddRows(archive, name, rows, columns);
        using var entry = Begin(archive, "labels", "<i4", $"{rows},");
        entry.Write(MemoryMarshal.AsBytes<int>(Enumerable.Range(0, rows).Select(row => row % classes).ToArray()));
        return path;
    }

    /// <summary>The given rows, with the class of each.</summary>
    public static string WriteLabelled(string path, string name, float[] values, int columns, int[] labels)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        using (var rows = Begin(archive, name, "<f4", $"{labels.Length}, {columns}"))
            rows.Write(MemoryMarshal.AsBytes<float>(values));
        using var entry = Begin(archive, "labels", "<i4", $"{labels.Length},");
        entry.Write(MemoryMarshal.AsBytes<int>(labels));
        return path;
    }

    private static void AddRows(ZipArchive archive, string name, int rows, int columns)
    {
        using var entry = Begin(archive, name, "<f4", $"{rows}, {columns}");
        var random = new Random(1);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        for (var i = 0; i < rows * columns; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (random.NextSingle() * 2) - 1);
            entry.Write(bytes);
        }
    }

    private static Stream Begin(ZipArchive archive, string name, string type, string shape)
    {
        var entry = archive.CreateEntry($"{name}.npy").Open();
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
        return entry;
    }
}
