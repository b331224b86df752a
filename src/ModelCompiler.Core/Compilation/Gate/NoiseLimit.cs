using System.Globalization;
using ModelCompiler.Contract;
using ModelCompiler.Evaluation;

namespace ModelCompiler.Compilation.Gate;

/// <summary>MC3029: outputs that are no answers, and of which noise is half or more, are not the original's any more.</summary>
internal sealed class NoiseLimit : ILimit
{
    /// <summary>20·log10(2): the error is half of the signal.</summary>
    private const double LeastDb = 6.02;

    public IEnumerable<ModelDiagnostic> Breaches(JudgedForm form)
    {
        if (!form.HasDefaultLimits || !form.Original.AreSamplesTypical || form.Comparison is not { Accuracy: null } comparison || form.Losses.Of(comparison) is not null)
            yield break;
        var probabilities = ProbabilityOutputs.Of(form.Original.Graph.Graph);
        if (comparison.Fidelity.SqnrThatMatters(probabilities) is { } db and < LeastDb && db < form.Original.OwnNoise().SqnrThatMatters(probabilities))
        {
            yield return DiagnosticRules.OutputsAreNoise.Create(
                form.Job.Model, string.Create(CultureInfo.InvariantCulture, $"{db:0.0}"), comparison.Samples, form.Original.SampleSource, Remedies.ForNoise(form));
        }
    }
}
