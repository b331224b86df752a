using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ModelCompiler.Caching;

/// <summary>Adds up everything that a result follows from to one key: SHA-256 of its parts, each behind its length, so that no two lists of parts run together.</summary>
internal sealed class ContentKey : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentKey Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public ContentKey Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
        return this;
    }

    public ContentKey Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    /// <summary>A file's content, read in pieces; not its name, which the caller adds where it matters.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ContentKey AddFile(string path)
    {
        using var file = File.OpenRead(path);
        Add(file.Length);
        return Add(SHA256.HashData(file));
    }

    /// <summary>The key, in 64 hexadecimal digits; what is added afterwards begins another one.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
