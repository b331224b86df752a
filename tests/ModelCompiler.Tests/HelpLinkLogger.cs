using Microsoft.Build.Framework;

namespace ModelCompiler.Tests;

/// <summary>Prints what no logger of MSBuild prints and IDEs use: where the page about a diagnostic is. MSBuild loads it from this assembly.</summary>
public sealed class HelpLinkLogger : ILogger
{
    /// <summary>What is in front of each link in the build's output.</summary>
    public const string Prefix = "help of ";

    public LoggerVerbosity Verbosity { get; set; }

    public string? Parameters { get; set; }

    /// <summary>The argument of MSBuild that uses it.</summary>
    internal static string Argument => $"-logger:{nameof(HelpLinkLogger)},{typeof(HelpLinkLogger).Assembly.Location}";

    public void Initialize(IEventSource eventSource)
    {
        eventSource.WarningRaised += (_, warning) => Print(warning.Code, warning.HelpLink);
        eventSource.ErrorRaised += (_, error) => Print(error.Code, error.HelpLink);
    }

    public void Shutdown()
    {
        // nothing is kept open
    }

    private static void Print(string code, string? link) => Console.WriteLine($"{Prefix}{code}: {link}");
}
