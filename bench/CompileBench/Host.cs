namespace CompileBench;

internal static class Host
{
    /// <summary>The processor's name, and whether it has the integer dot product that int8 kernels want.</summary>
    public static string Cpu
    {
        get
        {
            const string CpuInfo = "/proc/cpuinfo";
            var lines = File.Exists(CpuInfo) ? File.ReadAllLines(CpuInfo) : [];
            var name = Value(lines, "model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown CPU";
            return Value(lines, "flags")?.Contains("vnni", StringComparison.Ordinal) == true ? $"{name} with VNNI" : name;
        }
    }

    private static string? Value(string[] lines, string key) =>
        Array.Find(lines, line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
