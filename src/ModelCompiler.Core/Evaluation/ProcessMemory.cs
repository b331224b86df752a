using System.Diagnostics;

namespace ModelCompiler.Evaluation;

public static class ProcessMemory
{
    /// <summary>The most physical memory that this process has held, in bytes, native memory included; null where the system does not tell.</summary>
    public static long? PeakBytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 is > 0 and var peak ? peak : null;
        }
    }
}
