namespace ModelCompiler;

/// <summary>A kind of device that a model was compiled for, and how to run it there.</summary>
/// <param name="name">The profile's name, which is part of the asset's file name.</param>
/// <param name="runtimeIdentifiers">The systems it is for, for example <c>linux-x64</c>; none means every system.</param>
public sealed class ModelProfile(string name, params string[] runtimeIdentifiers)
{
    /// <summary>The profile's name.</summary>
    public string Name { get; } = name;

    /// <summary>The systems it is for; empty means every system.</summary>
    public IReadOnlyList<string> RuntimeIdentifiers { get; } = runtimeIdentifiers;

    /// <summary>What the processor must have: <c>avx2</c>, <c>avx512</c>, <c>avxvnni</c>, <c>dotprod</c>; empty means nothing.</summary>
    public IReadOnlyList<string> ProcessorFeatures { get; init; } = [];

    /// <summary>The execution providers in the order in which they are tried. The CPU always comes last, said or not.</summary>
    public IReadOnlyList<ExecutionProvider> Providers { get; init; } = [];

    /// <summary>Settings of the session: ONNX Runtime's configuration keys, or <c>intra_op_num_threads</c> and the like.</summary>
    public IReadOnlyDictionary<string, string> SessionSettings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
