using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Refuses a precision that found nothing to do: the model would be another form under its name.</summary>
/// <param name="precision">The name of the precision.</param>
/// <param name="operators">The operators of which it makes one at least.</param>
/// <param name="found">What it looks for in a model, in words.</param>
public sealed class RequireOperators(string precision, IReadOnlyCollection<string> operators, string found) : IGraphPass
{
    /// <exception cref="DiagnosticException">MC4004: there is no such operator.</exception>
    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is null && !graph.SelfAndNested.SelectMany(part => part.Nodes).Any(node => operators.Contains(node.OpType, StringComparer.Ordinal)))
            throw new DiagnosticException(DiagnosticRules.NothingForPrecision.Create(null, precision, found));
    }
}
