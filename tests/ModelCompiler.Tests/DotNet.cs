using System.Diagnostics;
using System.Text;

namespace ModelCompiler.Tests;

/// <summary>Runs the dotnet command as a user's shell would, without what the test's own build left in the environment.</summary>
internal static class DotNet
{
    private static readonly string[] Inherited = ["MSBUILD", "DOTNET_HOST_PATH", "DOTNET_CLI_", "VSTEST", "NUGET_PACKAGES"];

    private static readonly Dictionary<string, string?> NothingMore = [];

    public static DotNetResult Run(string folder, string? packages, params string[] arguments) => Run(folder, packages, NothingMore, arguments);

    public static DotNetResult Run(string folder, string? packages, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Run(StartInfo("dotnet", folder, packages, environment, arguments));

    /// <summary>Runs a program that is no dotnet command, or starts one in its turn, in the same environment.</summary>
    public static DotNetResult RunProgram(string program, string folder, string? packages, params string[] arguments) => Run(StartInfo(program, folder, packages, NothingMore, arguments));

    /// <summary>How a process is started as from a user's shell; a variable that is null is taken away.</summary>
    public static ProcessStartInfo StartInfo(string program, string folder, string? packages, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => Inherited.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["ModelCompilerCacheDir"] = "obj/modelcache"; // of each project its own: a test finds nothing that another one made
        if (packages is not null)
            start.Environment["NUGET_PACKAGES"] = packages;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private static DotNetResult Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new DotNetResult(process.ExitCode, output + error.Result);
    }
}
