using ModelCompiler.Graphs;

namespace ModelCompiler.Onnx;

/// <summary>The names that can be read in a graph: its own, then those of the graphs around it.</summary>
internal sealed class NameScope(NameScope? outer)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    /// <summary>The first definition counts; a second one is found by the verifier.</summary>
    public void Define(Value value) => _values.TryAdd(value.Name, value);

    /// <summary>The value of this graph under a name.</summary>
    public Value? FindLocal(string name) => _values.GetValueOrDefault(name);

    /// <summary>The value that a name means here.</summary>
    public Value? Find(string name) => FindLocal(name) ?? outer?.Find(name);

    /// <summary>True where a graph around this one uses the name too.</summary>
    public bool Shadows(string name) => outer?.Find(name) is not null;
}
