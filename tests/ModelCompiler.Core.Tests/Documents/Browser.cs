using System.Diagnostics;

namespace ModelCompiler.Tests.Documents;

/// <summary>A page in Chromium, where this machine has it.</summary>
internal static class Browser
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, "chromium"))
        .FirstOrDefault(File.Exists);

    /// <summary>What is in the document once its scripts have run.</summary>
    public static async Task<string> Open(string file, bool dark, string userData)
    {
        using var process = Process.Start(new ProcessStartInfo(Path!)
        {
            // A container has neither a user for the sandbox nor much shared memory; the page is our own.
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", $"--user-data-dir={userData}",
                $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", "--window-size=1400,1000", "--virtual-time-budget=5000", "--dump-dom", new Uri(file).AbsoluteUri,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var dom = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return dom;
    }
}
