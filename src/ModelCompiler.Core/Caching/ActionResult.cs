using Google.Protobuf;

namespace ModelCompiler.Caching;

/// <summary>A file that some work made.</summary>
/// <param name="Name">Without a folder.</param>
/// <param name="Hash">SHA-256 of its content, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record ActionFile(string Name, string Hash, long Bytes);

/// <summary>
/// What some work came to: the files that it made. In the form of the <c>ActionResult</c> of Bazel's Remote Execution API, of which servers such as bazel-remote check
/// that the files are there.
/// </summary>
/// <remarks>
/// Field numbers from <c>build/bazel/remote/execution/v2/remote_execution.proto</c>: ActionResult.output_files = 2; OutputFile.path = 1, digest = 2;
/// Digest.hash = 1, size_bytes = 2.
/// </remarks>
internal sealed record ActionResult(IReadOnlyList<ActionFile> Files)
{
    /// <summary>More than any result takes.</summary>
    public const int MostBytes = 1 << 20;

    private const int OutputFiles = 2;
    private const int FilePath = 1;
    private const int FileDigest = 2;
    private const int DigestHash = 1;
    private const int DigestSize = 2;
    private const int HashDigits = 64;

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            foreach (var file in Files)
                WriteMessage(output, OutputFiles, part => Write(part, file));
        }

        return bytes.ToArray();
    }

    /// <summary>Null for bytes that are no such message, or that name files which nothing here would have made.</summary>
    public static ActionResult? Parse(byte[] bytes)
    {
        try
        {
            var files = new List<ActionFile>();
            ReadFields(new CodedInputStream(bytes), (field, input) => files.Add(ParseFile(input.ReadBytes())), OutputFiles);
            return files.TrueForAll(IsPlain) && files.Select(file => file.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == files.Count ? new(files) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static void Write(CodedOutputStream output, ActionFile file)
    {
        output.WriteTag(FilePath, WireFormat.WireType.LengthDelimited);
        output.WriteString(file.Name);
        WriteMessage(output, FileDigest, digest =>
        {
            digest.WriteTag(DigestHash, WireFormat.WireType.LengthDelimited);
            digest.WriteString(file.Hash);
            digest.WriteTag(DigestSize, WireFormat.WireType.Varint);
            digest.WriteInt64(file.Bytes);
        });
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var part = new CodedOutputStream(bytes, leaveOpen: true))
            write(part);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes.ToArray()));
    }

    private static ActionFile ParseFile(ByteString message)
    {
        var (name, hash, size) = ("", "", 0L);
        ReadFields(message.CreateCodedInput(), (field, input) =>
        {
            if (field == FilePath)
                name = input.ReadString();
            else
                ReadFields(input.ReadBytes().CreateCodedInput(), (part, digest) => (hash, size) = part == DigestHash ? (digest.ReadString(), size) : (hash, digest.ReadInt64()), DigestHash, DigestSize);
        }, FilePath, FileDigest);
        return new ActionFile(name, hash, size);
    }

    private static void ReadFields(CodedInputStream input, Action<int, CodedInputStream> read, params ReadOnlySpan<int> known)
    {
        while (input.ReadTag() is not 0 and var tag)
        {
            if (known.Contains(WireFormat.GetTagFieldNumber(tag)))
                read(WireFormat.GetTagFieldNumber(tag), input);
            else
                input.SkipLastField();
        }
    }

    private static bool IsPlain(ActionFile file) =>
        file.Name.Length > 0 && file.Name.AsSpan().IndexOfAny("/\\:\0") < 0 && file.Name is not ("." or "..") &&
        file.Bytes >= 0 && file.Hash.Length == HashDigits && file.Hash.All(char.IsAsciiHexDigitLower);
}
