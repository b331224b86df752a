using System.Diagnostics;

namespace ModelCompiler.Evaluation.Memory;

public static class ProcessMemory
{
    /// <summary>The physical memory that this process holds now, in bytes; null where the system does not tell.</summary>
    public static long? Bytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64 is > 0 and var bytes ? bytes : null;
        }
    }

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
