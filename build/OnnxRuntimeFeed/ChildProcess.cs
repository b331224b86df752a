using System.Diagnostics;

namespace OnnxRuntimeFeed;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
internal static class ChildProcess
{
    /// <summary>The SDK's own command, as it was started for this process.</summary>
    public static string DotNet => Environment.ProcessPath ?? "dotnet";

    public static ProcessResult Run(string program, DirectoryInfo workingFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = workingFolder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        var lines = new List<string>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return new(process.ExitCode == 0, lines);

        void Keep(string? line)
        {
            if (string.IsNullOrWhiteSpace(line))
                return;
            lock (lines)
                lines.Add(line.Trim());
        }
    }
}

internal sealed record ProcessResult(bool Succeeded, IReadOnlyList<string> Output)
{
    /// <summary>The first line that speaks of an error, or else the last line.</summary>
    public string Reason =>
        Output.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? Output.LastOrDefault() ?? "it printed nothing.";
}
