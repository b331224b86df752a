using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Execution;

/// <summary>Opens ONNX Runtime sessions.</summary>
internal static class OrtSessions
{
    /// <summary>Operator domains that the ONNX Runtime Extensions library implements.</summary>
    private static readonly string[] ExtensionDomains = ["com.microsoft.extensions", "ai.onnx.contrib"];

    /// <summary>
    /// Opens a session through <paramref name="open"/>. The Extensions library is loaded only for a model that turns out to need it,
    /// since it does not exist for every platform.
    /// </summary>
    public static InferenceSession Open(Func<SessionOptions, InferenceSession> open, ExecutionOptions options)
    {
        // Failures arrive as exceptions; without this they would be printed to stderr as well.
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        using var session = SessionOptionsFor(options);
        try
        {
            return open(session);
        }
        catch (OnnxRuntimeException failure) when (Array.Exists(ExtensionDomains, domain => failure.Message.Contains(domain, StringComparison.Ordinal)))
        {
            session.RegisterOrtExtensions();
            return open(session);
        }
    }

    private static SessionOptions SessionOptionsFor(ExecutionOptions options)
    {
        var session = new SessionOptions
        {
            GraphOptimizationLevel = options.Optimization switch
            {
                GraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
                GraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
            },
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            EnableCpuMemArena = options.KeepsMemory,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.Spinning ? "1" : "0");
        foreach (var (key, value) in options.Settings)
            session.AddSessionConfigEntry(key, value);
        if (options.OptimizedModelPath is { } path)
            session.OptimizedModelFilePath = path;
        return session;
    }
}
