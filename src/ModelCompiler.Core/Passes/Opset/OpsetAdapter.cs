using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>How one operator is rewritten where <paramref name="Version"/> of the operator set changed its meaning.</summary>
/// <param name="OpType">The operator as older versions name it.</param>
/// <param name="Version">The first version with the new meaning.</param>
/// <param name="Adapt">Proposes the rewrite of one node; an edit left empty means that the node is right as it is.</param>
internal sealed record OpsetAdapter(string OpType, long Version, Action<Node, GraphEdit, InferredTypes> Adapt)
{
    /// <summary>For a rewrite that is the same for all types.</summary>
    public OpsetAdapter(string opType, long version, Action<Node, GraphEdit> adapt)
        : this(opType, version, (node, edit, _) => adapt(node, edit))
    {
    }
}

/// <summary>A node has no equal in the next version; the message says why, in words that follow a colon.</summary>
internal sealed class NotLiftableException(string reason) : Exception(reason);
