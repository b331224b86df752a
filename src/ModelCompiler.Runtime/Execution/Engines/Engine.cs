using Microsoft.ML.OnnxRuntime;

namespace ModelCompiler;

/// <summary>A session with what it was made of: one way to run the model on this device.</summary>
/// <param name="session">The session.</param>
/// <param name="choice">What it was made from.</param>
/// <param name="accelerators">The providers of the session but for the CPU, the preferred one first.</param>
/// <param name="skipped">The providers that were tried since the engine before and could not be had.</param>
/// <param name="backend">Runs the session.</param>
internal sealed class Engine(
    InferenceSession session, EngineChoice choice, IReadOnlyList<ExecutionProvider> accelerators, IReadOnlyList<SkippedProvider> skipped, SessionBackend backend) : IDisposable
{
    private readonly PlacementProbe? _probe = accelerators.Count > 0 ? new PlacementProbe(session) : null;
    private bool _hung;
    private volatile bool _hasRun;

    public InferenceSession Session => session;

    public EngineChoice Choice => choice;

    public IReadOnlyList<ExecutionProvider> Accelerators => accelerators;

    public IReadOnlyList<SkippedProvider> Skipped => skipped;

    /// <summary>The name of the provider that is wanted most.</summary>
    public string Preferred => accelerators.Count > 0 ? accelerators[0].Name : ExecutionProvider.Cpu.Name;

    public IReadOnlyList<string> Providers { get; } = [.. accelerators.Select(provider => provider.Name), ExecutionProvider.Cpu.Name];

    /// <summary>Whether new values must be bound again, since they are copied to a device when they are bound.</summary>
    public bool CopiesWhenBound { get; } = accelerators.Any(provider => provider.HasDeviceMemory);

    /// <summary>Whether a result of this engine that is not finite speaks against it; no more, once another engine gave such a result too.</summary>
    public bool IsSuspectWhenNotFinite { get; set; } = accelerators.Count > 0;

    /// <summary>How much each provider runs; null before the first run of one that has more than the CPU.</summary>
    public IReadOnlyList<ProviderShare>? Shares => _probe?.Shares(Providers);

    /// <summary>How long a run may take: ten times as long for the first, in which some providers compile the model.</summary>
    public TimeSpan LimitOf(TimeSpan limit) => _hasRun ? limit : 10 * limit;

    public void Run(RunOptions options, OrtIoBinding binding)
    {
        backend.Run(session, accelerators, options, binding);
        _hasRun = true;
        _probe?.AfterRun();
    }

    /// <summary>A thread is still inside a run that does not end: the session must stay as long as the process.</summary>
    public void MarkHung() => _hung = true;

    public void Dispose()
    {
        if (_hung)
            return;
        _probe?.Dispose();
        session.Dispose();
    }
}
