using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>Makes the session of a profile: its providers in order, falling to the next where one cannot be had, at last to the CPU.</summary>
internal sealed class SessionFactory(ModelProfile? profile, Action<SessionOptions> configure)
{
    private readonly List<ExecutionProvider> _providers = [.. (profile?.Providers ?? []).TakeWhile(provider => !provider.IsCpu)];
    private readonly List<SkippedProvider> _skipped = [];

    /// <summary>The providers of the session that <see cref="Create"/> made, the CPU last.</summary>
    public IReadOnlyList<ExecutionProvider> Providers => [.. _providers, ExecutionProvider.Cpu];

    /// <summary>The providers that could not be used.</summary>
    public IReadOnlyList<SkippedProvider> Skipped => _skipped;

    /// <exception cref="ModelLoadException">Not even the CPU can run the model.</exception>
    public InferenceSession Create(ModelSource source, string name)
    {
        while (true)
        {
            using var options = Options();
            try
            {
                return source.Content is { } bytes ? new InferenceSession(bytes, options) : new InferenceSession(source.Path!, options);
            }
            catch (OnnxRuntimeException error) when (_providers.Count > 0)
            {
                Skip(_providers[0], error);
            }
            catch (OnnxRuntimeException error)
            {
                throw new ModelLoadException($"ONNX Runtime cannot load {name}: {error.Message}", error);
            }
        }
    }

    private SessionOptions Options()
    {
        var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        foreach (var (key, value) in profile?.SessionSettings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            Apply(options, key, value);
        foreach (var provider in _providers.ToArray())
            TryAppend(options, provider);
        configure(options);
        return options;
    }

    private void TryAppend(SessionOptions options, ExecutionProvider provider)
    {
        try
        {
            Append(options, provider);
        }
        catch (Exception error) when (error is OnnxRuntimeException or NotSupportedException or EntryPointNotFoundException or DllNotFoundException)
        {
            Skip(provider, error);
        }
    }

    private void Skip(ExecutionProvider provider, Exception error)
    {
        _providers.Remove(provider);
        _skipped.Add(new SkippedProvider(provider.Name, error.Message));
    }

    private static void Append(SessionOptions options, ExecutionProvider provider)
    {
        switch (provider.Name.ToUpperInvariant())
        {
            case "CUDA":
                using (var cuda = new OrtCUDAProviderOptions())
                {
                    cuda.UpdateOptions(new Dictionary<string, string>(provider.Options, StringComparer.Ordinal));
                    options.AppendExecutionProvider_CUDA(cuda);
                }

                break;
            case "TENSORRT":
                using (var tensorRt = new OrtTensorRTProviderOptions())
                {
                    tensorRt.UpdateOptions(new Dictionary<string, string>(provider.Options, StringComparer.Ordinal));
                    options.AppendExecutionProvider_Tensorrt(tensorRt);
                }

                break;
            case "DML" or "DIRECTML":
                options.AppendExecutionProvider_DML(int.Parse(provider.Options.GetValueOrDefault("device_id", "0"), CultureInfo.InvariantCulture));
                break;
            case "NNAPI":
                options.AppendExecutionProvider_Nnapi();
                break;
            default:
                options.AppendExecutionProvider(provider.Name, new Dictionary<string, string>(provider.Options, StringComparer.Ordinal));
                break;
        }
    }

    /// <summary>The few settings that are properties of <see cref="SessionOptions"/> by their names there; all others are configuration keys.</summary>
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
