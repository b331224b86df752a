using System.Buffers.Binary;
using System.IO.Compression;

namespace DigitReader.Training.Tests;

/// <summary>
/// A gzipped file of the MNIST database's format: two zero bytes, the element type (8 = bytes), the number of dimensions, each dimension
/// as a big-endian int32, then the elements.
/// </summary>
internal sealed class IdxFile
{
    private IdxFile(int[] dims, byte[] elements) => (Dims, Elements) = (dims, elements);

    public int[] Dims { get; }

    public byte[] Elements { get; }

    public static IdxFile Read(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        gzip.CopyTo(buffer);
        var bytes = buffer.ToArray();
        bytes.AsSpan(0, 3).ToArray().ShouldBe([0, 0, 8]);
        var dims = Enumerable.Range(0, bytes[3]).Select(axis => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * axis)))).ToArray();
        return new IdxFile(dims, bytes[(4 + (4 * dims.Length))..]);
    }
}
