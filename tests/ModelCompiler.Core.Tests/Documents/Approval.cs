using System.Runtime.CompilerServices;

namespace ModelCompiler.Tests.Documents;

/// <summary>
/// Compares a document with the file <c>&lt;Class&gt;.&lt;name&gt;.verified&lt;ending&gt;</c> beside the test: what differs is written there as <c>*.received*</c>; rename it to accept it.
/// </summary>
internal static class Approval
{
    public static void Verify(string received, string name, string ending, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{name}");
        var (verifiedFile, receivedFile) = ($"{stem}.verified{ending}", $"{stem}.received{ending}");
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
