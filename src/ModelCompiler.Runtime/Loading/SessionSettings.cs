using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>A profile's settings of the session.</summary>
internal static class SessionSettings
{
    /// <summary>The few settings that are properties of <see cref="SessionOptions"/> by their names there; all others are configuration keys.</summary>
    public static void Apply(SessionOptions options, ModelProfile? profile)
    {
        if (profile is null)
            return;
        foreach (var (key, value) in profile.SessionSettings)
            Apply(options, key, value);
    }

    private static void Apply(SessionOptions options, string key, string value)
    {
        switch (key)
        {
            case "intra_op_num_threads":
                options.IntraOpNumThreads = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "inter_op_num_threads":
                options.InterOpNumThreads = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "enable_cpu_mem_arena":
                options.EnableCpuMemArena = value is "1" or "true";
                break;
            case "enable_mem_pattern":
                options.EnableMemoryPattern = value is "1" or "true";
                break;
            case "graph_optimization_level":
                options.GraphOptimizationLevel = Enum.Parse<GraphOptimizationLevel>($"ORT_ENABLE_{value}", ignoreCase: true);
                break;
            default:
                options.AddSessionConfigEntry(key, value);
                break;
        }
    }
}
