using ModelCompiler.Graphs;

namespace ModelCompiler.Training.Gradients;

/// <summary>The gradients of values, each the sum over everyone who reads the value.</summary>
internal sealed class GradientSums
{
    private readonly Dictionary<Value, List<Value>> _parts = [];

    public void Add(Value value, Value gradient)
    {
        if (!_parts.TryGetValue(value, out var parts))
            _parts[value] = parts = [];
        parts.Add(gradient);
    }

    /// <summary>The whole gradient of a value, once all its readers are differentiated; null where the loss does not depend on it.</summary>
    public Value? Of(Value value, GradientWriter writer)
    {
        if (!_parts.TryGetValue(value, out var parts))
            return null;
        if (parts.Count > 1)
            _parts[value] = parts = [writer.Sum(parts)];
        return parts[0];
    }
}
