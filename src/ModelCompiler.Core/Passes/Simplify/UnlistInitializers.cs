using ModelCompiler.Graphs;

namespace ModelCompiler.Passes.Simplify;

/// <summary>Inputs [x, W, b] with initializers W, b at IR version 3  =>  inputs [x] at IR version 4.</summary>
/// <remarks>
/// Before IR version 4 every initializer had to be listed as an input, though none could be overridden. Callers see only real inputs
/// afterwards, and initializers can be added without listing them.
/// </remarks>
public sealed class UnlistInitializers : IGraphPass
{
    private const long InitializersNeedNotBeInputs = 4;

    public void Run(Graph graph, PassContext context)
    {
        if (graph.Parent is not null || graph.Model.IrVersion >= InitializersNeedNotBeInputs)
            return;
        var listed = graph.SelfAndNested.SelectMany(inner => inner.Inputs).Where(input => input.Initializer is not null).ToArray();
        var edit = new GraphEdit(graph, $"unlist {listed.Length} initializers from the inputs and raise the IR version to {InitializersNeedNotBeInputs}");
        foreach (var initializer in listed)
            edit.UnlistInput(initializer);
        edit.SetIrVersion(InitializersNeedNotBeInputs);
        context.Apply(edit);
    }
}
