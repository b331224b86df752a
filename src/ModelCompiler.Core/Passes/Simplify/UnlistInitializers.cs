using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Inputs [x, W, b] with initializers W, b  =>  inputs [x], at IR version 4 or later.</summary>
/// <remarks>
/// Before IR version 4 every initializer had to be listed as an input, though none could be overridden; some exporters still list them all,
/// the weights of layers among them. A model that lists only some, or none that a layer reads, means those to be overridden, and keeps them.
/// Callers see only real inputs afterwards, weights are constants, and initializers can be added without listing them.
/// </remarks>
public sealed class UnlistInitializers : IGraphPass
{
    private const long InitializersNeedNotBeInputs = 4;

    public void Run(Graph graph, PassContext context)
    {
        var listed = graph.SelfAndNested.SelectMany(inner => inner.Inputs).Where(input => input.Initializer is not null).ToArray();
        var version = Math.Max(graph.Model.IrVersion, InitializersNeedNotBeInputs);
        if (graph.Parent is not null || (version == graph.Model.IrVersion && !ListsEverything(graph)))
            return;
        var edit = new GraphEdit(graph, $"unlist {listed.Length} initializers from the inputs, at IR version {version}");
        foreach (var initializer in listed)
            edit.UnlistInput(initializer);
        edit.SetIrVersion(version);
        context.Apply(edit);
    }

    private static bool ListsEverything(Graph graph) =>
        graph.Initializers.All(initializer => initializer.IsGraphInput) && graph.Initializers.Any(IsWeightOfALayer);

    private static bool IsWeightOfALayer(Value initializer) =>
        initializer.Uses.Any(use => use is { Index: > 0, Node: { Domain: "", OpType: "Conv" or "ConvTranspose" or "Gemm" or "MatMul" } });
}
