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
        Assert.Fail($"{Path.GetFileName(receivedFile)} differs from {Path.GetFileName(verifiedFile)} {FirstDifference(verified.Split('\n'), received.Split('\n'))}");
    }

    private static string FirstDifference(string[] verified, string[] received)
    {
        var line = verified.Zip(received).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"from line {line + 1} on: '{received.ElementAtOrDefault(line)}' instead of '{verified.ElementAtOrDefault(line)}'";
    }
}
