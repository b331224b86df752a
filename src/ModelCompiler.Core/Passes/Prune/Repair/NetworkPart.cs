using ModelCompiler.Execution;
using ModelCompiler.Graphs;
using ModelCompiler.Passes.Simplify;

namespace ModelCompiler.Passes;

/// <summary>The part of a network that some values depend on, running: what lies behind them costs nothing.</summary>
internal sealed class NetworkPart : IDisposable
{
    private readonly ValueObserver _observer;

    private NetworkPart(ValueObserver observer) => _observer = observer;

    /// <param name="model">Left as it is.</param>
    /// <param name="names">Values of its outer graph.</param>
    public static NetworkPart Of(Model model, IReadOnlySet<string> names)
    {
        using var copy = model.Clone();
        var graph = copy.Graph;
        foreach (var made in graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>().Where(value => names.Contains(value.Name) && !graph.Outputs.Contains(value)))
            graph.AddOutput(made);
        if (graph.Outputs.Any(output => names.Contains(output.Name)))
            graph.RemoveOutputs(output => !names.Contains(output.Name));
        PassRunner.Run(copy, [new RemoveDeadNodes()], new PassContext());
        var values = graph.Inputs.Concat(graph.Outputs).Where(value => names.Contains(value.Name)).ToArray();
        return new NetworkPart(ValueObserver.Of(copy, values, ExecutionOptions.Optimized with { KeepsMemory = false }));
    }

    /// <summary>The values in one sample, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        _observer.Observe(inputs, values.Add);
        return values;
    }

    public void Dispose() => _observer.Dispose();
}
