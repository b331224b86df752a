using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>
/// One rewrite, named by a verb. It walks the graph, and for each place where its rule holds it proposes a <see cref="GraphEdit"/>;
/// where a rule nearly holds it says why it declined.
/// </summary>
public interface IGraphPass
{
    /// <summary>The name in logs and reports.</summary>
    string Name => GetType().Name;

    /// <summary>Called once for the model's graph and once for each graph nested in it, as found when the pass begins.</summary>
    void Run(Graph graph, PassContext context);
}
