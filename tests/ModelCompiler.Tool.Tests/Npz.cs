using System.Buffers.Binary;
using System.IO.Compression;
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
        using var entry = archive.CreateEntry($"{name}.npy").Open();
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}".PadRight(117) + "\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
        var random = new Random(1);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        for (var i = 0; i < rows * columns; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (random.NextSingle() * 2) - 1);
            entry.Write(bytes);
        }

        return path;
    }
}
