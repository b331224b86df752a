using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>The float16 forms of float32 values: made by a node that computes in float16, by a Cast, or stored; each once, however many nodes read it.</summary>
internal sealed class Float16Values(Float16Placement placement)
{
    private readonly Dictionary<Value, Value> _halves = [];
    private readonly Dictionary<Value, (Tensor Halves, int Raised)> _weights = placement.Nodes
        .SelectMany(node => node.Inputs).OfType<Value>().Where(value => placement.IsFloat(value) && value.Constant is not null).Distinct()
        .ToDictionary(value => value, value => Float16Weight.Narrow(value.Constant!));

    /// <summary>How many weights there are, and how many of their numbers were raised to the least float16.</summary>
    public (int Weights, int Raised) CountWeights() => (_weights.Count, _weights.Values.Sum(weight => weight.Raised));

    /// <summary>The float16 form of what a node reads.</summary>
    public Value Of(Value value, GraphEdit edit)
    {
        if (_halves.TryGetValue(value, out var known))
            return known;
        if (_weights.TryGetValue(value, out var weight))
            return _halves[value] = edit.AddInitializer($"{value.Name}_float16", weight.Halves);
        var half = Made(value, edit);
        edit.AddNode("Cast", [value], [half], To(ElementType.Float16));
        return half;
    }

    /// <summary>The float16 form of what a node makes.</summary>
    public Value Made(Value value, GraphEdit edit) => _halves[value] = edit.NewValue($"{value.Name}_float16", placement.HalfOf(value));

    /// <summary>What a node makes becomes float32 again for the nodes that read it so, nested graphs, and the model's caller; the value keeps its name.</summary>
    public void WidenForOthers(Value value, GraphEdit edit)
    {
        if (value.IsGraphOutput || value.Uses.Any(use => !placement.Contains(use.Node)))
            edit.AddNode("Cast", [_halves[value]], [value], To(ElementType.Float32));
    }

    private static Dictionary<string, AttributeValue> To(ElementType type) => new(StringComparer.Ordinal) { ["to"] = (long)type };
}
