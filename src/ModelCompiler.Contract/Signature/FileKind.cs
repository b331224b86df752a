using System.Text;

namespace ModelCompiler.Contract;

/// <summary>Recognizes, from a file's first bytes, what is often found where an ONNX model was expected.</summary>
public static class FileKind
{
    private const int HeadLength = 64;

    /// <summary>A model has tags and lengths among its first bytes, which are no letters; fewer bytes than these could be letters by chance.</summary>
    private const int MinText = 16;

    private static readonly (string Magic, int Offset, string Name)[] Known =
    [
        ("PK\u0003\u0004", 0, "it is a zip archive, as PyTorch and Keras save models"),
        ("\u0089HDF", 0, "it is an HDF5 file, as Keras saves models"),
        ("TFL3", 4, "it is a TensorFlow Lite model"),
        ("ORTM", 4, "it is a model in ONNX Runtime's own format"),
        ("GGUF", 0, "it is a GGUF model"),
        ("\u0080\u0002", 0, "it is a Python pickle"),
        ("<!DOCTYPE", 0, "it is a web page; the download needs another address or a login"),
        ("<html", 0, "it is a web page; the download needs another address or a login"),
        ("\u0089PNG", 0, "it is a PNG image"),
        ("\u00FF\u00D8\u00FF", 0, "it is a JPEG image"),
        ("\u001F\u008B", 0, "it is a gzip archive; unpack it first"),
        ("{", 0, "it is a text file"),
    ];

    /// <summary>Throws MC1001 or MC1002 for a file that its first bytes show to be something else; leaves the stream at its start.</summary>
    public static void Reject(Stream stream, string? file)
    {
        var head = ReadHead(stream);
        if (head.Length == 0)
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(file, "the file is empty"));
        if (head.StartsWith("version https://git-lfs.github.com/spec/", StringComparison.Ordinal))
            throw new DiagnosticException(DiagnosticRules.GitLfsPointer.Create(file));
        foreach (var (magic, offset, name) in Known)
        {
            if (head.Length >= offset + magic.Length && string.CompareOrdinal(head, offset, magic, 0, magic.Length) == 0)
                throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(file, name));
        }

        if (head.Length >= MinText && head.All(IsText))
            throw new DiagnosticException(DiagnosticRules.NotOnnx.Create(file, "it is a text file"));
    }

    private static bool IsText(char character) => character is (>= ' ' and <= '~') or '\t' or '\r' or '\n';

    private static string ReadHead(Stream stream)
    {
        var bytes = new byte[HeadLength];
        var count = 0;
        int read;
        while (count < bytes.Length && (read = stream.Read(bytes, count, bytes.Length - count)) > 0)
            count += read;
        stream.Position = 0;
        return Encoding.GetEncoding("ISO-8859-1").GetString(bytes, 0, count);   // one character a byte
    }
}
