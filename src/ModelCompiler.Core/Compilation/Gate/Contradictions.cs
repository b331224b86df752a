using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>Finds limits of a project of which one makes the other meaningless, so that it certainly does not say what was meant.</summary>
internal static class Contradictions
{
    /// <summary>Of two fractions that are equal as they are written.</summary>
    private const double Equal = 1e-9;

    /// <exception cref="DiagnosticException">MC0027: two limits contradict each other.</exception>
    public static void Check(CompileJob job)
    {
        // A limit of 100 % is none: that is how a default is switched off.
        var said = Budgets.Of(job.Options.Compile, new());
        if (said is { MaxClassDrop: { } ofClass, MaxAccuracyDrop: { } ofAll } && ofAll < 1 && ofClass < ofAll - Equal)
        {
            throw Contradiction(
                job, $"MaxClassDrop={Text.Percent(ofClass)}", $"MaxAccuracyDrop={Text.Percent(ofAll)}", "the mean of all classes cannot fall by more than the worst of them",
                $"Lower MaxAccuracyDrop to {Text.Percent(ofClass)} or less, or raise MaxClassDrop.");
        }

        if (job.Options.Compile.RequireEvidence == true && Budgets.Of(job.Options.Compile, job.Profile.Budgets) is { MaxAccuracyDrop: null, MaxClassDrop: null, MinAgreement: null })
        {
            throw Contradiction(
                job, "RequireEvidence=true", "no limit of accuracy", "there is nothing that evidence could show",
                "Set MaxAccuracyDrop, MaxClassDrop or MinAgreement, or leave RequireEvidence out.");
        }
    }

    private static DiagnosticException Contradiction(CompileJob job, string one, string other, string reason, string remedy) =>
        new(DiagnosticRules.LimitsContradict.Create(job.Model, one, other, reason, remedy));
}
