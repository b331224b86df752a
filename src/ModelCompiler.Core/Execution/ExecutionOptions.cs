using System.Collections.Immutable;

namespace ModelCompiler.Execution;

/// <summary>How ONNX Runtime executes a model.</summary>
public sealed record ExecutionOptions
{
    /// <summary>As an app would run it.</summary>
    public static ExecutionOptions Optimized { get; } = new();

    /// <summary>Node by node as the file says: every value keeps its name, and nothing is fused or folded.</summary>
    public static ExecutionOptions AsWritten { get; } = new() { Optimization = GraphOptimization.None };

    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>Threads of one run; 0 lets ONNX Runtime take every core. One by default, so that results do not depend on the machine.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether idle threads burn their core while they wait. Off, so that two live sessions do not disturb each other.</summary>
    public bool Spinning { get; init; }

    /// <summary>Whether memory of one run is kept for the next. Off for models with large outputs, whose memory would be held twice.</summary>
    public bool KeepsMemory { get; init; } = true;

    /// <summary>Further session configuration entries of ONNX Runtime, for example <c>session.x64quantprecision</c> = <c>1</c>.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where ONNX Runtime writes the graph that it really runs, for looking at what was fused; null writes nothing.</summary>
    public string? OptimizedModelPath { get; init; }
}

/// <summary>How far ONNX Runtime may rewrite a graph at load.</summary>
public enum GraphOptimization
{
    None,

    /// <summary>Rewrites that do not depend on the execution provider: folding of constants, removal of identities.</summary>
    Basic,

    All,
}
