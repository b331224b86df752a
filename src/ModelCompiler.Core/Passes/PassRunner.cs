using ModelCompiler.Contract;
using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Runs passes in order and verifies the graph after each one, in Release too: a bad rewrite is caught where it was made.</summary>
public static class PassRunner
{
    /// <summary>Runs each pass once, over the model's graph and every graph nested in it.</summary>
    public static void Run(Model model, IEnumerable<IGraphPass> passes, PassContext context)
    {
        foreach (var pass in passes)
            RunPass(model, pass, context);
    }

    /// <summary>Runs the list again and again until a round changes nothing, at most <paramref name="rounds"/> times.</summary>
    public static void RunToFixedPoint(Model model, IReadOnlyList<IGraphPass> passes, PassContext context, int rounds = 8)
    {
        for (var round = 0; round < rounds; round++)
        {
            var before = context.Log.Count;
            Run(model, passes, context);
            if (context.Log.Count == before)
                return;
        }
    }

    private static void RunPass(Model model, IGraphPass pass, PassContext context)
    {
        context.CurrentPass = pass.Name;
        var before = context.Log.Count;
        foreach (var graph in model.Graph.SelfAndNested.ToArray())
        {
            // An edit to an outer graph may have removed the node that this one was nested in.
            if (model.Graph.SelfAndNested.Contains(graph))
                pass.Run(graph, context);
        }

        if (context.Log.Count == before)
            return;
        if (GraphVerifier.Verify(model) is [var problem, ..])
            throw new DiagnosticException(DiagnosticRules.Internal.Create(null, $"after {pass.Name}, {problem}"));
    }
}
