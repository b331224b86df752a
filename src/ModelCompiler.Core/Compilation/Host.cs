using System.Globalization;
using System.Runtime.InteropServices;
using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Compilation;

/// <summary>What a report says of the machine that measured: enough to judge a figure by, nothing that tells whose it is.</summary>
internal static class Host
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    private static readonly Lazy<string> Processor = new(() => string.Create(CultureInfo.InvariantCulture, $"{ProcessorName() ?? RuntimeInformation.OSArchitecture.ToString()}, {Environment.ProcessorCount} logical processors"));

    public static MeasuringFacts At(DateTimeOffset time) =>
        new(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), Processor.Value, RuntimeInformation.RuntimeIdentifier);

    /// <summary>Null where the system does not tell it in a simple way.</summary>
    private static string? ProcessorName()
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        if (!File.Exists(LinuxProcessors))
            return null;
        var line = File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
