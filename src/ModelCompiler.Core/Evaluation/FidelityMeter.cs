using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Evaluation;

/// <summary>Compares outputs sample by sample.</summary>
public sealed class FidelityMeter
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, OutputDifference> _outputs = new(StringComparer.Ordinal);
    private int _samples;

    /// <summary>Adds a sample's outputs. Outputs are matched by name; all of <paramref name="original"/> must be among <paramref name="compiled"/>.</summary>
    /// <exception cref="DiagnosticException">MC3001: an output is missing, or has another shape or kind of elements.</exception>
    public void Add(IReadOnlyDictionary<string, Tensor> original, IReadOnlyDictionary<string, Tensor> compiled)
    {
        foreach (var (name, expected) in original)
        {
            if (!compiled.TryGetValue(name, out var actual))
                throw new DiagnosticException(DiagnosticRules.OutputsDiffer.Create(null, $"there is no output '{name}'"));
            DifferenceOf(name).Add(expected, actual);
        }

        _samples++;
    }

    public Fidelity Result() => new(_samples, [.. _order.Select(name => _outputs[name].Result())]);

    private OutputDifference DifferenceOf(string name)
    {
        if (_outputs.TryGetValue(name, out var known))
            return known;
        _order.Add(name);
        return _outputs[name] = new OutputDifference(name);
    }
}
