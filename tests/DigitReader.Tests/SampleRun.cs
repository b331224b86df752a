using System.Diagnostics;

namespace DigitReader.Tests;

/// <summary>One run of the sample as a user starts it: a process of its own.</summary>
internal sealed record SampleRun(int ExitCode, string Output, string Errors)
{
    public static SampleRun Of(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DigitReader.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new SampleRun(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
