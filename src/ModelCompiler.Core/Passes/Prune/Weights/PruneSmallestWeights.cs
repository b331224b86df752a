using ModelCompiler.Graphs;

namespace ModelCompiler.Passes;

/// <summary>Makes the smallest weights zero, and leaves the others what they are: what can be done without data.</summary>
/// <param name="patterns">What zeros are wanted, by the name of the weight.</param>
internal sealed class PruneSmallestWeights(IReadOnlyDictionary<string, IZeroPattern> patterns) : IGraphPass
{
    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        foreach (var weight in PrunableWeight.In(graph, new PassContext()))
        {
            if (patterns.TryGetValue(weight.Value.Name, out var pattern))
                Prune(weight, pattern, context);
        }
    }

    public static void Prune(PrunableWeight weight, IZeroPattern pattern, PassContext context)
    {
        var old = weight.Read();
        var already = Array.ConvertAll(old, element => element == 0);
        var edit = new GraphEdit(weight.Value.Graph, $"prune the smallest weights of {weight.Layers[0].Node}");
        weight.Write(MagnitudeSelection.Choose(old, weight.Columns, already, pattern, weight.Kernel).Weights, edit);
        context.Apply(edit);
    }
}
