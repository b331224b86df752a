using ModelCompiler.Graphs;
using ModelCompiler.Passes;
using ModelCompiler.Training.Networks;

namespace ModelCompiler.Training;

/// <summary>Gives weights the elements that training found.</summary>
/// <param name="parameters">What was trained.</param>
/// <param name="weights">By parameter.</param>
internal sealed class TrainedWeights(IReadOnlyList<Parameter> parameters, float[][] weights) : IGraphPass
{
    /// <summary>Whether matrices keep the upper 16 bits of their elements: those of a sparse model, which is smaller when it is compressed.</summary>
    public bool AreShort { get; init; }

    /// <summary>Whether a graph has all of them.</summary>
    public bool FitInto(Graph graph) => parameters.All(parameter => graph.Initializers.Any(value => value.Name == parameter.Name));

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null)
            return;
        var initializers = graph.Initializers.ToDictionary(value => value.Name, StringComparer.Ordinal);
        foreach (var (parameter, trained) in parameters.Zip(weights))
        {
            var edit = new GraphEdit(graph, $"train '{parameter.Name}'");
            edit.SetTensor(initializers[parameter.Name], Tensor.Of(AreShort && parameter.Start.Rank > 1 ? Array.ConvertAll(trained, BFloat16.Rounded) : trained, parameter.Start.Dims));
            context.Apply(edit);
        }
    }
}
