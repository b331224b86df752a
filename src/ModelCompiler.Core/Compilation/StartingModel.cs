using ModelCompiler.Graphs;
using ModelCompiler.Passes;

namespace ModelCompiler.Compilation;

/// <summary>What every form of a model is made of.</summary>
/// <param name="Model">Left as it is; forms are made of copies.</param>
/// <param name="Passes">What was done to the original.</param>
internal sealed record StartingModel(Model Model, IReadOnlyList<PassContext> Passes) : IDisposable
{
    /// <summary>The original with the dimensions that the job fixes, simplified.</summary>
    public static StartingModel Simplified(CompileJob job, OriginalModel original)
    {
        var (model, passes) = (original.Graph.Clone(), new PassContext());
        PassRunner.Run(model, [new FixDimensions(job.Options.Dims)], passes);
        Pipelines.RunSimplify(model, passes);
        return new StartingModel(model, [passes]);
    }

    public void Dispose() => Model.Dispose();
}
