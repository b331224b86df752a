using System.Diagnostics;
using System.Text.Json;

namespace ModelCompiler.Tests;

/// <summary>Runs the built <c>modelc</c> as a process, as the build and people do.</summary>
internal static class Modelc
{
    /// <summary>The folder that the tool was built into.</summary>
    public static string Folder => AppContext.BaseDirectory;

    public static ModelcRun Run(params IEnumerable<string> arguments) => RunIn(Folder, arguments);

    /// <summary>Runs a copy of the tool in another folder.</summary>
    public static ModelcRun RunIn(string folder, params IEnumerable<string> arguments) => Start(["dotnet"], folder, arguments);

    /// <summary>Runs the tool with an environment variable.</summary>
    public static ModelcRun RunWith(string variable, string value, params IEnumerable<string> arguments) => Start(["dotnet"], Folder, arguments, (variable, value));

    /// <summary>Starts the tool and ends it, as <c>kill -9</c> does, unless it is done before.</summary>
    public static void RunAndKill(TimeSpan after, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(Folder, "modelc.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(after))
            process.Kill();
        process.WaitForExit();
    }

    /// <summary>Runs the tool by a program that is given the path of .NET's host, such as an emulator.</summary>
    public static ModelcRun RunBehind(IReadOnlyList<string> program, IEnumerable<string> arguments, params ReadOnlySpan<(string Variable, string Value)> environment) =>
        Start(program, Folder, arguments, environment);

    private static ModelcRun Start(IReadOnlyList<string> host, string folder, IEnumerable<string> arguments, params ReadOnlySpan<(string Variable, string Value)> environment)
    {
        var start = new ProcessStartInfo(host[0], [.. host.Skip(1), "exec", Path.Combine(folder, "modelc.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = WatchMemory(process);
        return new ModelcRun(process.ExitCode, output.Result, error.Result, peak);
    }

    private static long WatchMemory(Process process)
    {
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(2)))
        {
            process.Refresh();
            peak = Math.Max(peak, PeakOf(process));
        }

        process.WaitForExit();
        return peak;
    }

    private static long PeakOf(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;   // it ended between the two calls
        }
    }
}

/// <summary>What a run of <c>modelc</c> left behind.</summary>
/// <param name="ExitCode">0 done, 1 an error was printed, 2 wrong usage.</param>
/// <param name="Out">All of stdout.</param>
/// <param name="Error">All of stderr.</param>
/// <param name="PeakMemory">The largest resident set that was seen, in bytes.</param>
internal sealed record ModelcRun(int ExitCode, string Out, string Error, long PeakMemory)
{
    /// <summary>The one JSON object on stdout; anything beside it fails the test.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The one line of stderr, which must be an error in canonical form with this id.</summary>
    public string ShouldFailWith(string id, int exitCode = 1)
    {
        ExitCode.ShouldBe(exitCode, Error);
        var line = ErrorLines.ShouldHaveSingleItem();
        line.ShouldMatch($"^.+ : error {id}: .+");
        return line;
    }

    public ModelcRun ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Error);
        return this;
    }
}
