using ModelCompiler.Graphs;
using ModelCompiler.Shapes;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Nodes that read nothing but constants  =>  initializers with what ONNX Runtime computes for them.</summary>
/// <remarks>
/// ONNX Runtime would fold them at every load anyway; the file must not grow for it. So a result may take no more than
/// <see cref="SmallBytes"/> or what becomes free, and weights that are stored small (DequantizeLinear, Cast from float16) stay small.
/// Random operators, control flow and functions of the model are left alone.
/// </remarks>
public sealed class FoldConstants : IGraphPass
{
    /// <summary>Results up to this size are stored whatever they replace.</summary>
    internal const long SmallBytes = 4096;

    public void Run(Graph graph, PassContext context)
    {
        var candidates = Candidates(graph, ShapeInference.Run(graph.Model), context);
        if (candidates.Count == 0)
            return;
        var together = ConstantEvaluator.TryRun(candidates);
        foreach (var node in candidates)
        {
            if (!node.Inputs.OfType<Value>().All(input => input.Constant is not null))
                continue;
            var results = together ?? ConstantEvaluator.TryRun([node]);
            if (results is null)
                context.Decline(node, "ONNX Runtime cannot compute it alone");
            else
                TryStore(node, results, context);
        }
    }

    /// <summary>Nodes whose inputs are constants or made by other candidates, in order.</summary>
    private static List<Node> Candidates(Graph graph, InferredTypes types, PassContext context)
    {
        var candidates = new List<Node>();
        var known = new HashSet<Value>();
        foreach (var node in graph.Nodes)
        {
            if (!ReadsOnly(node, known) || !RepeatableOperators.Include(node) || node.Is("Constant") || node.OpType == "DequantizeLinear")
                continue;
            if (MayGrow(node, types))
            {
                context.Decline(node, "its result would make the file larger");
                continue;
            }

            candidates.Add(node);
            known.UnionWith(node.Outputs.OfType<Value>());
        }

        return candidates;
    }

    private static bool ReadsOnly(Node node, HashSet<Value> known) =>
        node.Inputs.OfType<Value>().All(input => input.Constant is not null || known.Contains(input));

    /// <summary>True where the result is known to be too large before it is computed, or where it could be of any size.</summary>
    private static bool MayGrow(Node node, InferredTypes types)
    {
        if (types.BytesOf(node.Output) is { } bytes)
            return bytes > Math.Max(SmallBytes, node.Inputs.OfType<Value>().Sum(input => types.BytesOf(input) ?? 0));
        return node.OpType is "ConstantOfShape" or "Expand" or "Tile" or "Range" or "OneHot" or "Pad" or "Resize" or "Upsample" or "EyeLike";
    }

    private static void TryStore(Node node, IReadOnlyDictionary<Value, Tensor> results, PassContext context)
    {
        var outputs = node.Outputs.OfType<Value>().Where(output => output.IsUsed).ToArray();
        var freed = node.Inputs.OfType<Value>().Where(input => input.IsUsedOnlyBy(node)).Distinct().Sum(input => input.Constant!.Data.Length);
        var refusal =
            Array.Exists(outputs, output => output.IsGraphOutput) ? "it makes a graph output" :
            outputs.Sum(output => results[output].Data.Length) > Math.Max(SmallBytes, freed) ? "its result would make the file larger" :
            null;
        if (refusal is null)
            Store(node, outputs, results, context);
        else
            context.Decline(node, refusal);
    }

    private static void Store(Node node, Value[] outputs, IReadOnlyDictionary<Value, Tensor> results, PassContext context)
    {
        var edit = new GraphEdit(node.Graph, $"store what {node} computes from constants");
        foreach (var output in outputs)
            edit.ReplaceUses(output, edit.AddInitializer(output.Name, results[output]));
        edit.Remove(node);
        context.Apply(edit);
    }
}
