using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Locks;

/// <summary>What is to be said of a compile beside the lock of its model.</summary>
internal static class LockVerdict
{
    private const int DigitsOfShortHash = 12;

    private const string LookAtTheOriginal = "The original itself answers worse than it did, so look at the model file, its preprocessing and the data first. ";

    /// <summary>MC3024 where something is worse beyond noise, MC3025 where the model is another, MC3026 for what else differs; nothing where all is as it was.</summary>
    /// <param name="model">The model file, which they are about.</param>
    /// <param name="locked">The lock.</param>
    /// <param name="present">What came of the compile.</param>
    public static IEnumerable<ModelDiagnostic> Of(string model, ModelLock locked, LockedForm present)
    {
        if (locked.For(present.Profile) is not { } accepted)
        {
            yield return DiagnosticRules.DiffersFromLock.Create(model, present.Profile, "it says nothing of this profile yet");
            yield break;
        }

        var comparison = new LockComparison(accepted, present);
        var figures = comparison.Figures().ToArray();
        if (accepted.Model != present.Model)
            yield return DiagnosticRules.LockOfAnotherModel.Create(model, present.Profile, accepted.Model[..DigitsOfShortHash], present.Model[..DigitsOfShortHash]);
        if (string.Join("; ", figures.Where(figure => figure.IsWorse)) is { Length: > 0 } worse)
            yield return DiagnosticRules.WorseThanLock.Create(model, present.Profile, worse, comparison.HasOriginalFallen ? LookAtTheOriginal : "");
        var others = LockDifferences.Between(accepted, present).Concat(figures.Where(figure => figure.IsBetter).Select(figure => $"{figure}, which is better"));
        if (string.Join("; ", others) is { Length: > 0 } differences)
            yield return DiagnosticRules.DiffersFromLock.Create(model, present.Profile, differences);
    }
}
