using System.Runtime.CompilerServices;

namespace ModelCompiler.Generator.Tests;

/// <summary>
/// Compares text with the file <c>Snapshots/&lt;Class&gt;.&lt;name&gt;.verified.cs</c>, in the file convention of Verify: what differs is written
/// beside it as <c>*.received.cs</c>; rename it to accept it.
/// </summary>
internal static class Approval
{
    public static void Verify(string received, string name, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots", $"{Path.GetFileNameWithoutExtension(testFile)}.{name}");
        var (verifiedFile, receivedFile) = (stem + ".verified.cs", stem + ".received.cs");
        var verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : "";
        if (verified == received)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        received.ShouldBe(verified, $"{Path.GetFileName(receivedFile)} differs from {Path.GetFileName(verifiedFile)}");
    }
}
