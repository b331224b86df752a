namespace ModelCompiler;

/// <summary>An execution provider of ONNX Runtime that a profile wants, with its options.</summary>
/// <param name="name">As ONNX Runtime calls it, with or without the ending: <c>CPU</c>, <c>XNNPACK</c>, <c>CoreMLExecutionProvider</c>.</param>
public sealed class ExecutionProvider(string name)
{
    private const string Ending = "ExecutionProvider";

    /// <summary>The provider that every build of ONNX Runtime has.</summary>
    public static ExecutionProvider Cpu { get; } = new("CPU");

    /// <summary>The name without the ending <c>ExecutionProvider</c>.</summary>
    public string Name { get; } = name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : name;

    /// <summary>The provider's own options.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True for the provider that needs no asking.</summary>
    internal bool IsCpu => string.Equals(Name, "CPU", StringComparison.OrdinalIgnoreCase);

    /// <summary>True where inputs are copied to a device when they are bound, so that new values must be bound again.</summary>
    internal bool HasDeviceMemory => Name.ToUpperInvariant() is "CUDA" or "TENSORRT" or "NVTENSORRTRTX" or "DML" or "ROCM" or "MIGRAPHX" or "WEBGPU";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
