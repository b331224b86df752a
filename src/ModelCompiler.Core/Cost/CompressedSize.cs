using System.IO.Compression;

namespace ModelCompiler.Cost;

/// <summary>
/// Bytes that a file takes in a package: app packages (<c>.apk</c>, <c>.ipa</c>, <c>.nupkg</c>, <c>.msix</c>) and web servers deflate what they carry. It is where zeros
/// among the weights count.
/// </summary>
public static class CompressedSize
{
    /// <summary>Deflated (RFC 1951) at .NET's default level.</summary>
    public static long Of(ReadOnlySpan<byte> bytes)
    {
        using var counted = new CountingStream();
        using (var deflate = new DeflateStream(counted, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(bytes);
        return counted.Length;
    }

    /// <summary>The same for a file, which is not read into memory as a whole.</summary>
    public static long OfFile(string path)
    {
        using var counted = new CountingStream();
        using (var deflate = new DeflateStream(counted, CompressionLevel.Optimal, leaveOpen: true))
        using (var file = File.OpenRead(path))
            file.CopyTo(deflate);
        return counted.Length;
    }

    /// <summary>Knows how many bytes were written to it, and nothing else of them.</summary>
    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
