using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes;

/// <summary>Rewrites a model of an older ONNX operator set so that it means the same under <paramref name="target"/>.</summary>
/// <remarks>
/// It goes version by version, as the specification does: for each version, every operator that changed in it is adapted by the one adapter
/// that <see cref="OpsetAdapters"/> lists for the change. A model that is at the target already, or above it, is left alone.
/// Where the rewrite depends on a type or shape, the inferred one is used.
/// </remarks>
public sealed class LiftOpset(long target) : IGraphPass
{
    /// <summary>The oldest operator set that can be lifted; before it, broadcasting was asked for by attributes.</summary>
    public const long Oldest = 7;

    /// <exception cref="DiagnosticException">MC4003: an operator has no equal in a later version.</exception>
    public void Run(Graph graph, PassContext context)
    {
        var model = graph.Model;
        if (graph.Parent is not null || model.Opset >= target)
            return;
        RefuseWhatHasNoAdapters(model);
        for (var version = model.Opset + 1; version <= target; version++)
        {
            var types = new Lazy<InferredTypes>(() => ShapeInference.Run(model));
            foreach (var part in graph.SelfAndNested.ToArray())
                LiftNodes(part, version, types, context);
            if (!Declare(graph, version, context))
                return;
        }
    }

    private void RefuseWhatHasNoAdapters(Model model)
    {
        if (model.Opset < Oldest)
            throw Refusal(model, "the model", Oldest, string.Create(CultureInfo.InvariantCulture, $"sets before {Oldest} broadcast by other rules"));
        if (model.Functions.Count > 0)
            throw Refusal(model, $"the function '{model.Functions[0].Name}'", model.Opset + 1, "functions that a file defines import operator sets of their own");
    }

    private void LiftNodes(Graph graph, long version, Lazy<InferredTypes> types, PassContext context)
    {
        foreach (var node in graph.Nodes.ToArray())
        {
            if (node.Domain.Length > 0 || OpsetAdapters.Find(node.OpType, version) is not { } adapter)
                continue;
            var edit = new GraphEdit(graph, string.Create(CultureInfo.InvariantCulture, $"lift {node} to operator set {version}"));
            try
            {
                adapter.Adapt(node, edit, types.Value);
            }
            catch (NotLiftableException reason)
            {
                throw Refusal(graph.Model, node.ToString(), version, reason.Message);
            }

            if (!edit.IsEmpty)
                context.Apply(edit);
        }
    }

    private static bool Declare(Graph graph, long version, PassContext context)
    {
        var edit = new GraphEdit(graph, string.Create(CultureInfo.InvariantCulture, $"declare operator set {version}"));
        edit.SetOpset("", version);
        return context.Apply(edit);
    }

    private DiagnosticException Refusal(Model model, string what, long version, string reason) =>
        new(DiagnosticRules.OpsetNotLiftable.Create(null, model.Opset, target, what, version, reason));
}
