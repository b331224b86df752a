using System.Diagnostics;
using System.Globalization;

namespace ModelCompiler.Tests;

/// <summary>
/// Runs <c>modelc inspect</c> on models of 100 MB and 1 GB, and <c>modelc --version</c> for what any start costs.
/// Run it on a quiet machine: <c>dotnet run -c Release --project bench/InspectBench</c>.
/// </summary>
internal static class Program
{
    private const int Runs = 15;

    private static void Main(string[] arguments)
    {
        var modelc = arguments is [var given] ? given : Path.Combine(AppContext.BaseDirectory, "../../ModelCompiler.Tool", Configuration(), "modelc.dll");
        var folder = Directory.CreateTempSubdirectory("inspect-bench-");
        try
        {
            Measure("--version", [modelc, "--version"]);
            Measure("inspect 100 MB", [modelc, "inspect", LargeModel.Write(Path.Combine(folder.FullName, "100MB.onnx"), layers: 1), "--json"]);
            Measure("inspect 1 GB", [modelc, "inspect", LargeModel.Write(Path.Combine(folder.FullName, "1GB.onnx"), layers: 10), "--json"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The configuration that this program was built in; the tool was built in the same.</summary>
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static void Measure(string title, string[] command)
    {
        Run(command);
        var runs = Enumerable.Range(0, Runs).Select(_ => Run(command)).OrderBy(run => run.Elapsed).ToArray();
        var peak = runs.Max(run => run.Peak) / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title,-16} median {runs[Runs / 2].Elapsed.TotalSeconds:0.000} s, from {runs[0].Elapsed.TotalSeconds:0.000} to {runs[^1].Elapsed.TotalSeconds:0.000} s (n={Runs}), peak {peak:0} MB"));
    }

    private static (TimeSpan Elapsed, long Peak) Run(string[] command)
    {
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", .. command]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(1)))
            peak = Math.Max(peak, PeakOf(process));
        var elapsed = Stopwatch.GetElapsedTime(begun);
        return process.ExitCode == 0 ? (elapsed, peak) : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {process.ExitCode}.");
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;   // it ended in between
        }
    }
}
