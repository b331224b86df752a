using System.Text;

namespace ModelCompiler.MSBuild;

/// <summary>Writes text files whose time stamp means "this is when the content changed".</summary>
internal static class ChangedText
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Leaves a file alone that already says the same; otherwise it is replaced as a whole.</summary>
    public static void Write(string path, string text)
    {
        if (Read(path) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            File.WriteAllText(beside, text, Encoding);
            File.Delete(path);
            File.Move(beside, path);
        }
        catch (IOException) when (Read(path) == text)
        {
            // Another build of the project had the same to say, and was first.
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>The file's text, or null when there is none.</summary>
    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path, Encoding) : null;
}
