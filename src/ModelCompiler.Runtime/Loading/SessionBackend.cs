using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>The two things that may go wrong with an execution provider: adding it to a session, and running on it. Tests put faults in their place.</summary>
internal class SessionBackend
{
    public static SessionBackend OnnxRuntime { get; } = new();

    /// <summary>Adds a provider to the options of a session.</summary>
    public virtual void Append(SessionOptions options, ExecutionProvider provider)
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

    /// <summary>Runs a session over what is bound.</summary>
    /// <param name="session">The session.</param>
    /// <param name="accelerators">Its providers but for the CPU.</param>
    /// <param name="options">Of this run.</param>
    /// <param name="binding">Inputs and outputs.</param>
    public virtual void Run(InferenceSession session, IReadOnlyList<ExecutionProvider> accelerators, RunOptions options, OrtIoBinding binding) =>
        session.RunWithBinding(options, binding);
}
