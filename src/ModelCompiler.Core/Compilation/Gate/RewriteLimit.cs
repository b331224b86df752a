using System.Globalization;
using ModelCompiler.Contract;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3001: rewriting alone must not change what a model answers.</summary>
internal sealed class RewriteLimit : ILimit
{
    /// <summary>Of the largest output: what a rewrite that only reorders float32 arithmetic may change.</summary>
    private const double LargestError = 1e-4;

    /// <summary>A rewrite may change as much as ONNX Runtime's own rewrites do, give or take.</summary>
    private const double OwnNoiseMargin = 4;

    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (!form.IsRounded && form.Comparison?.Fidelity is { MaxRelativeError: > LargestError and { } error } && error > OwnNoiseMargin * form.Original.OwnNoise().MaxRelativeError)
            yield return DiagnosticRules.OutputsDiffer.Create(form.Job.Model, string.Create(CultureInfo.InvariantCulture, $"by {error:0.##e0} of the largest output"));
    }
}
