using ModelCompiler.Graphs;

namespace ModelCompiler.Execution;

/// <summary>The values that one run showed, where they lie: nothing was copied, and nothing of a tensor may be used once this is disposed.</summary>
/// <param name="values">By name, in an order that is the same at every run.</param>
/// <param name="owner">Holds the memory.</param>
internal sealed class ObservedRun(IReadOnlyList<KeyValuePair<string, Tensor>> values, IDisposable? owner) : IDisposable
{
    public IReadOnlyList<KeyValuePair<string, Tensor>> Values => values;

    /// <summary>Of all values together.</summary>
    public long Bytes => values.Sum(value => value.Value.Data.Length);

    public void Dispose() => owner?.Dispose();
}
