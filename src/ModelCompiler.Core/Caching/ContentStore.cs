using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ModelCompiler.Caching;

/// <summary>
/// Results in a folder, each under the key of everything it follows from. An entry is written beside its place and renamed, so that it is there whole or not at
/// all, whoever else writes; one that is damaged counts as absent. A folder that cannot be written is read all the same.
/// </summary>
/// <remarks>
/// An entry is <c>MCC1</c>, the length of its content (8 bytes, little endian), the SHA-256 of its content, and the content. What was used longest ago goes
/// when all of them together are larger than allowed.
/// </remarks>
/// <param name="folder">Made when the first entry is written. It holds nothing else.</param>
/// <param name="mostBytes">Of all entries together.</param>
internal sealed class ContentStore(string folder, long mostBytes)
{
    private const string Extension = ".entry";
    private const string UnfinishedExtension = ".tmp";
    private const int LengthAt = 4;
    private const int HashAt = LengthAt + sizeof(long);
    private const int ContentAt = HashAt + SHA256.HashSizeInBytes;

    /// <summary>What a crash left unfinished may go after so long.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private static ReadOnlySpan<byte> Magic => "MCC1"u8;

    /// <summary>The content under a key, verified, from its beginning; null where there is none.</summary>
    public Stream? Open(string key)
    {
        try
        {
            var path = PathOf(key);
            if (!File.Exists(path))
                return null;
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (IsWhole(file))
            {
                Touch(path);
                file.Position = ContentAt;
                return file;
            }

            file.Dispose();
        }
        catch (Exception exception) when (IsOfTheMachine(exception))
        {
            // As good as absent.
        }

        return null;
    }

    /// <summary>Keeps content under a key, in place of what may be there. Nothing is kept where the folder cannot be written.</summary>
    /// <returns>Whether it is kept.</returns>
    public bool Put(string key, Action<Stream> write)
    {
        var path = PathOf(key);
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{path}.{Guid.NewGuid():N}{UnfinishedExtension}");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            WriteEntry(unfinished, write);
            File.Move(unfinished, path, overwrite: true);
            Trim();
            return true;
        }
        catch (Exception exception) when (IsOfTheMachine(exception))
        {
            Delete(unfinished);
            return false;
        }
    }

    private static void WriteEntry(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        file.Position = ContentAt;
        write(file);
        var header = new byte[ContentAt];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(LengthAt), file.Length - ContentAt);
        file.Position = ContentAt;
        SHA256.HashData(file).CopyTo(header, HashAt);
        file.Position = 0;
        file.Write(header);
    }

    private static bool IsWhole(FileStream file)
    {
        var header = new byte[ContentAt];
        if (file.ReadAtLeast(header, ContentAt, throwOnEndOfStream: false) < ContentAt || !header.AsSpan().StartsWith(Magic))
            return false;
        return BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(LengthAt)) == file.Length - ContentAt
            && SHA256.HashData(file).AsSpan().SequenceEqual(header.AsSpan(HashAt));
    }

    /// <summary>The time of an entry's last use, by which <see cref="Trim"/> goes.</summary>
    private static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception exception) when (IsOfTheMachine(exception))
        {
            // A folder that is only read is trimmed by nobody.
        }
    }

    private void Trim()
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).ToArray();
        foreach (var file in files.Where(file => file.Extension == UnfinishedExtension && DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned))
            Delete(file.FullName);
        var entries = files.Where(file => file.Extension == Extension).OrderByDescending(file => file.LastWriteTimeUtc);
        var room = mostBytes;
        foreach (var entry in entries)
        {
            room -= entry.Length;
            if (room < 0)
                Delete(entry.FullName);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (IsOfTheMachine(exception))
        {
            // Somebody reads it; the next one to write tries again.
        }
    }

    private static bool IsOfTheMachine(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;

    /// <summary>In one of 256 folders, since some file systems are slow with many files in one.</summary>
    private string PathOf(string key) => Path.Combine(folder, key[..2], key + Extension);
}
