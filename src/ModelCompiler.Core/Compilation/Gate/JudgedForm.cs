using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>The form that is about to be shipped, with all that limits are judged by.</summary>
/// <param name="Job">Names the model and what the project says of it.</param>
/// <param name="Budgets">The limits of project and profile.</param>
/// <param name="Groups">The limit of each class and slice.</param>
/// <param name="Original">What the form was compared with.</param>
/// <param name="Candidate">The form.</param>
/// <param name="Evidence">What running both showed.</param>
/// <param name="IsPruned">Whether something was taken away before it got its precision.</param>
internal sealed record JudgedForm(CompileJob Job, Budgets Budgets, GroupLosses Groups, OriginalModel Original, Candidate Candidate, Evidence Evidence, bool IsPruned)
{
    public AnswerLosses Losses => new(Original);

    public Comparison? Comparison => Evidence.Comparison;

    /// <summary>Whether its numbers may differ by more than the order of float arithmetic.</summary>
    public bool IsRounded => IsPruned || Candidate.Precision != "fp32";

    /// <summary>
    /// Whether limits hold that nobody set. Not where the numbers are the original's, and not for who prunes without any budget: that asks for it at any price.
    /// </summary>
    public bool HasDefaultLimits => IsRounded && !(IsPruned && Budgets.MaxAccuracyDrop is null);
}
