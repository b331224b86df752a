using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// The ranges of values of one graph, as calibration sees them. What a Concat makes holds the numbers that it reads and no others: where all of those are watched, its own need
/// not be looked at.
/// </summary>
internal sealed class WatchedRanges
{
    private readonly Dictionary<Value, IRangeEstimator> _estimators;
    private readonly Node[] _concats;

    /// <param name="graph">In the order of its nodes, each value is made before it is read.</param>
    /// <param name="estimators">A new one for each value to watch.</param>
    public WatchedRanges(Graph graph, Dictionary<Value, IRangeEstimator> estimators)
    {
        _estimators = estimators;
        _concats = [.. graph.Nodes.Where(node => node.Is("Concat") && estimators.ContainsKey(node.Output) && node.Inputs.All(input => input is not null && estimators.ContainsKey(input)))];
    }

    /// <summary>Who has to see a value: nobody for one that is not watched, or that other values tell of.</summary>
    public IEnumerable<IActivationObserver> ObserversOf(Value value) =>
        _estimators.TryGetValue(value, out var estimator) && !Array.Exists(_concats, concat => concat.Output == value) ? [estimator] : [];

    /// <summary>The range of each value by its name; null for one that no sample reached. To be called once, after the last sample.</summary>
    public Dictionary<string, ValueRange?> Find()
    {
        foreach (var concat in _concats)
        {
            foreach (var input in concat.Inputs)
                _estimators[concat.Output].Join(_estimators[input!]);
        }

        return _estimators.ToDictionary(pair => pair.Key.Name, pair => pair.Value.Range, StringComparer.Ordinal);
    }
}
