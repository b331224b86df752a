using ModelCompiler.Evaluation.Reports;

namespace ModelCompiler.Tests.Compilation;

/// <summary>A report without what a clock measured: two compiles of the same model have the same.</summary>
internal static class WithoutClock
{
    public static string Of(CompileReport report) => ReportJson.Write(report with
    {
        Latency = null,
        Measured = null,
        Tried = [.. report.Tried.Select(form => form with { Speed = null })],
    });
}
