using System.Diagnostics;

namespace CalibrateBench;

/// <summary>What some work took: time by the clock, and time of all processors.</summary>
internal sealed record Spent(TimeSpan Elapsed, TimeSpan Processor)
{
    public static Spent In(Action work)
    {
        var (begun, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        return new Spent(Stopwatch.GetElapsedTime(begun), Environment.CpuUsage.TotalTime - busy);
    }
}
