using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler.Tests.Execution;

/// <summary>
/// Providers that go wrong in the way their name says: <c>NOCREATE</c>, <c>FAILS@n</c>, <c>NAN@n</c>, <c>HANGS@n</c>, <c>STUBBORN@n</c> in run n (from 1), <c>GOOD</c> never. What they run, the CPU runs for them.
/// </summary>
internal sealed class FaultyBackend : SessionBackend, IDisposable
{
    private readonly Dictionary<string, int> _runs = new(StringComparer.Ordinal);
    private readonly ManualResetEventSlim _released = new();

    /// <summary>How often a provider was asked to run.</summary>
    public int RunsOf(string provider) => _runs.GetValueOrDefault(provider);

    public override void Append(SessionOptions options, ExecutionProvider provider)
    {
        if (provider.Name == "NOCREATE")
            throw new NotSupportedException("no such device");
    }

    public override void Run(InferenceSession session, IReadOnlyList<ExecutionProvider> accelerators, RunOptions options, OrtIoBinding binding)
    {
        if (accelerators.Count > 0 && IsDue(accelerators[0].Name) is { } fault)
            Act(fault, session, options, binding);
        else
            base.Run(session, accelerators, options, binding);
    }

    /// <summary>Lets threads go that hang.</summary>
    public void Dispose() => _released.Set();

    private string? IsDue(string provider)
    {
        var parts = provider.Split('@');
        lock (_runs)
            _runs[provider] = _runs.GetValueOrDefault(provider) + 1;
        return parts.Length == 2 && RunsOf(provider) >= int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) ? parts[0] : null;
    }

    private void Act(string fault, InferenceSession session, RunOptions options, OrtIoBinding binding)
    {
        switch (fault)
        {
            case "FAILS":
                options.Terminate = true; // the only way to have ONNX Runtime itself fail on demand
                base.Run(session, [], options, binding);
                break;
            case "NAN":
                base.Run(session, [], options, binding);
                using (var outputs = binding.GetOutputValues())
                    outputs[0].GetTensorMutableDataAsSpan<float>()[0] = float.NaN;
                break;
            case "HANGS": // but listens
                SpinWait.SpinUntil(() => options.Terminate);
                base.Run(session, [], options, binding);
                break;
            case "STUBBORN":
                _released.Wait();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }
}
