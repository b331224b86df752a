using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Observations;

/// <summary>The form that is about to be shipped, beside the original.</summary>
/// <param name="Job">Names the model, its data and its budgets.</param>
/// <param name="Original">The original, running, with the samples of the comparison.</param>
/// <param name="Start">The simplified, perhaps pruned model that the form was made of.</param>
/// <param name="Candidate">The form, as files.</param>
/// <param name="Evidence">What the comparison that chose it showed.</param>
/// <param name="Progress">Is told of each step that takes long.</param>
/// <param name="Report">Is told what is wrong; an error ends the compile with nothing written.</param>
internal sealed record ShippedForm(
    CompileJob Job, OriginalModel Original, StartingModel Start, Candidate Candidate, Evidence Evidence, ICompileProgress Progress, Action<ModelDiagnostic> Report)
{
    /// <summary>Whether to look at what disturbed inputs do to it: where the project says so, or gives evaluation data and does not say otherwise.</summary>
    public bool LooksAtRobustness =>
        Original is { IsRepeatable: true, AreSamplesTypical: true } && (Job.Options.Compile.Robustness ?? Job.Options.Compile.Evaluation is not null);
}
