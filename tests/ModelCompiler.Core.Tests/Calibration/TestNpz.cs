using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelCompiler.Tests.Calibration;

/// <summary>Writes <c>.npz</c> files as NumPy does.</summary>
internal sealed class TestNpz
{
    private readonly MemoryStream _file = new();
    private readonly ZipArchive _archive;

    public TestNpz() => _archive = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);

    public TestNpz Add<T>(string name, string type, string shape, params T[] values)
        where T : unmanaged => Add(name, $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}", MemoryMarshal.AsBytes<T>(values).ToArray());

    public TestNpz Add(string name, string header, byte[] data)
    {
        using var entry = _archive.CreateEntry(name + ".npy").Open();
        var text = Encoding.Latin1.GetBytes(header.PadRight(117) + "\n");
        entry.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)text.Length, 0]);
        entry.Write(text);
        entry.Write(data);
        return this;
    }

    public byte[] ToBytes()
    {
        _archive.Dispose();
        return _file.ToArray();
    }
}
