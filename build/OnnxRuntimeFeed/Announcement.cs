namespace OnnxRuntimeFeed;

/// <summary>Tells whoever waits what is happening.</summary>
/// <remarks>
/// 'dotnet run' builds quietly and would swallow a line on standard output, so it goes straight to the terminal where there is one.
/// </remarks>
internal static class Announcement
{
    public static void Say(string line)
    {
        if (!TrySayOnTerminal(line))
            Console.WriteLine(line);
    }

    private static bool TrySayOnTerminal(string line)
    {
        if (OperatingSystem.IsWindows())
            return false;

        try
        {
            using var terminal = new StreamWriter("/dev/tty");
            terminal.WriteLine(line);
            return true;
        }
        catch (Exception noTerminal) when (noTerminal is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
