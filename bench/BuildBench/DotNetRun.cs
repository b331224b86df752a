using System.Diagnostics;
using System.Globalization;

namespace ModelCompiler.Bench;

/// <summary>A dotnet command that ran to its end in a process of its own, without build nodes that stay behind.</summary>
internal sealed record DotNetRun(double Milliseconds, string Output)
{
    public static DotNetRun Of(string folder, string? packages, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (packages is not null)
            start.Environment["NUGET_PACKAGES"] = packages;
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        return process.ExitCode == 0 ? new(elapsed.TotalMilliseconds, output) : throw new InvalidOperationException(output + error.Result);
    }

    /// <summary>The time of a target, from lines such as <c>10 ms  _InspectModels  1 calls</c>.</summary>
    public double MillisecondsOf(string target)
    {
        var fields = Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).First(fields => fields.Length > 2 && fields[2] == target);
        return double.Parse(fields[0], CultureInfo.InvariantCulture);
    }
}
